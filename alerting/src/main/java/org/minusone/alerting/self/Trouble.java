package org.minusone.alerting.self;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Text;

/** Ways in which the system itself fails those who rely on it. */
public enum Trouble {
  /** Readings wait: what is on the screens is not the present. */
  LAG(
      Rule.SYSTEM_LAG,
      Level.ALARM,
      Duration.ZERO,
      new Text("系统落后", "The system lags behind"),
      new Text(
          "画面上不是现在：重要地点改用电话核实\n在“管道”页看停在哪一步\n处理器、Kafka 或网络恢复后自动消除",
          "The screens do not show the present: ask important places by phone\n"
              + "See on the page Pipeline where it stops\n"
              + "It clears by itself once processors, Kafka or the network recover")),

  /** Nothing is lost while Kafka keeps it, but charts and history stand still. */
  STORE(
      Rule.SYSTEM_STORE,
      Level.WARN,
      Duration.ofSeconds(15),
      new Text("时序库拒写", "The series store takes no readings"),
      new Text(
          "告警不受影响；曲线与历史停在此刻\n查看时序库的进程、磁盘与口令\nKafka 保留期内恢复则不丢数据",
          "Alerts go on; charts and history stand still\n"
              + "Look at the store's process, disk and password\n"
              + "Nothing is lost if it is back within Kafka's retention"));

  /** How long all must be well before the alert clears (D). */
  public static final Duration CALM = Duration.ofSeconds(10);

  private final String rule;
  private final Level level;
  private final Duration patience;
  private final Text title;
  private final Text guidance;

  Trouble(String rule, Level level, Duration patience, Text title, Text guidance) {
    this.rule = rule;
    this.level = level;
    this.patience = patience;
    this.title = title;
    this.guidance = guidance;
  }

  /** The trouble that alerts of {@code rule} tell of; empty for a site's own rules. */
  public static Optional<Trouble> of(String rule) {
    return Arrays.stream(values()).filter(trouble -> trouble.rule.equals(rule)).findFirst();
  }

  /** The reserved name under which its alerts go. */
  public String rule() {
    return rule;
  }

  public Level level() {
    return level;
  }

  /** How long it must last before it is told. */
  public Duration patience() {
    return patience;
  }

  public Text title() {
    return title;
  }

  public Text guidance() {
    return guidance;
  }
}
