package org.minusone.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.minusone.alerting.self.Trouble;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Job;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Text;

/** An event in words, Chinese or English: fact, number, act. The one place where they stand. */
public final class Texts {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private Texts() {}

  /** The language of a receiver. */
  public enum Language {
    ZH,
    EN;

    public static Optional<Language> of(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "zh" -> Optional.of(ZH);
        case "en" -> Optional.of(EN);
        default -> Optional.empty();
      };
    }

    String say(String zh, String en) {
      return this == ZH ? zh : en;
    }

    String pick(Text text) {
      if (text == null) {
        return "";
      }
      String own = this == ZH ? text.zh() : text.en();
      String other = this == ZH ? text.en() : text.zh();
      return own != null ? own : other == null ? "" : other;
    }
  }

  /** One line: what, how bad, where. */
  public static String title(Message m, Language in) {
    if (m.event() == null) {
      int n = m.summary().size();
      return in.say(
          "告警洪峰：%d 条较低级别的消息".formatted(n),
          "Alert flood: %d %s of lower levels".formatted(n, n == 1 ? "message" : "messages"));
    }
    return line(m.event(), in);
  }

  /** The same for a list of several. */
  public static String line(AlertEvent event, Language in) {
    Alert a = event.alert();
    String name = in.pick(a.name());
    String what = what(event, in);
    return in == Language.ZH ? what + "：" + name : what + ": " + name;
  }

  private static String what(AlertEvent event, Language in) {
    Alert a = event.alert();
    String level = level(a.severity(), in);
    if (event.kind() == AlertEventKind.RAISED && Trouble.of(a.rule()).isPresent()) {
      return in.say("系统故障（%s）".formatted(level), "System trouble (%s)".formatted(level));
    }
    return switch (event.kind()) {
      case FOREWARNED -> in.say("预警（%s）".formatted(level), "Forewarned (%s)".formatted(level));
      case UPDATED -> in.say("预计有变", "Forecast moved");
      case RAISED, ESCALATED ->
          in.say("越限（%s）".formatted(level), "Limit crossed (%s)".formatted(level));
      case REALARMED -> in.say("仍未恢复（%s）".formatted(level), "Still in alarm (%s)".formatted(level));
      case EASED -> in.say("降级（%s）".formatted(level), "Down (%s)".formatted(level));
      case WITHDRAWN -> in.say("预警撤回", "Forewarning withdrawn");
      case CLEARED, CLOSED -> in.say("已解除", "Over");
      case ACKNOWLEDGED -> in.say("已确认", "Acknowledged");
      case DISPATCHED -> in.say("派单", "Job");
      case REASSIGNED -> in.say("改派", "Job given to another");
      case UNASSIGNED -> in.say("无人可派", "Nobody to send");
      case OVERDUE -> in.say("班组超时", "Crew overdue");
      case ACCEPTED -> in.say("已接单", "Job accepted");
      case DECLINED -> in.say("退回", "Job declined");
      case EN_ROUTE -> in.say("途中", "En route");
      case ARRIVED -> in.say("到场", "On site");
      case RESOLVED -> in.say("处置完毕", "Resolved");
      case CANCELLED -> in.say("取消派单", "Job cancelled");
      case COMMENTED, MESSAGE -> in.say("留言", "Note");
      case SEEN -> in.say("已看到", "Seen");
      case SILENT -> in.say("传感器静默", "Sensor silent");
      case REPORTING -> in.say("恢复报到", "Reporting again");
      case SHELVED -> in.say("搁置", "Shelved");
      case UNSHELVED -> in.say("搁置结束", "No longer shelved");
      case CHATTERING -> in.say("反复起落", "Comes and goes");
      case RESEND -> in.say("通知重发", "Told again");
      case FOLDED, UNFOLDED, REFUSED -> event.kind().id();
    };
  }

  /** What a person must know besides: where, how much, when, who, what to do. */
  public static List<String> lines(Message m, Language in) {
    if (m.event() == null) {
      return m.summary().stream().map(in::pick).toList();
    }
    Alert a = m.event().alert();
    List<String> lines = new ArrayList<>();
    add(lines, where(a.place(), in));
    add(lines, contact(a.place(), in));
    add(lines, measured(a, in));
    add(lines, expected(a, m.zone(), in));
    add(lines, in.say("时间 ", "At ") + clock(m.event().time(), m.zone()));
    a.job(String.valueOf(m.event().job())).ifPresent(job -> add(lines, crew(job, m.zone(), in)));
    if (m.event().note() != null) {
      add(lines, m.event().note());
    }
    if (!a.state().isOpen()) {
      return lines;
    }
    in.pick(a.guidance())
        .lines()
        .filter(step -> !step.isBlank())
        .forEach(step -> lines.add("· " + step));
    return lines;
  }

  private static void add(List<String> lines, String line) {
    if (!line.isBlank()) {
      lines.add(line);
    }
  }

  private static String where(Place place, Language in) {
    if (place == null) {
      return "";
    }
    String floor =
        place.floor() == null
            ? ""
            : in.say(" %s 层".formatted(place.floor()), ", floor " + place.floor());
    String building = in.pick(place.building());
    String community = in.pick(place.community());
    return community + (building.isEmpty() ? "" : " · " + building + floor);
  }

  private static String contact(Place place, Language in) {
    return place == null || place.contact() == null
        ? ""
        : in.say("现场联系 ", "Contact ") + place.contact().name() + " " + place.contact().phone();
  }

  private static String measured(Alert a, Language in) {
    String value = a.value() != null ? number(a.value()) : a.word() != null ? a.word() : null;
    if (value == null) {
      return "";
    }
    if (Trouble.of(a.rule()).isPresent()) {
      return a.value() == null
          ? ""
          : in.say(
              "%s 落后 %s s".formatted(a.word(), value),
              "%s is %s s behind".formatted(a.word(), value));
    }
    String unit = a.quantity() == null ? "" : " " + a.quantity().unit();
    String limit = a.limit() == null ? "" : in.say("，限值 ", ", limit ") + number(a.limit()) + unit;
    return quantity(a.quantity(), in) + " " + value + unit + limit;
  }

  private static String expected(Alert a, ZoneId zone, Language in) {
    if (a.coming().isEmpty() || a.coming().get(0).etaS() == null) {
      return "";
    }
    Alert.Coming coming = a.coming().get(0);
    Instant at = coming.at().plusMillis(Math.round(coming.etaS() * 1000));
    Duration left = Duration.ofSeconds(Math.round(coming.etaS()));
    String span = "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    return in.say(
        "预计 %s 后（%s）到 %s".formatted(span, clock(at, zone), number(coming.limit())),
        "Expected to reach %s in %s (%s)".formatted(number(coming.limit()), span, clock(at, zone)));
  }

  private static String crew(Job job, ZoneId zone, Language in) {
    if (job.crew() == null) {
      return "";
    }
    String who =
        (in.pick(job.crewName()) + " " + (job.memberName() == null ? "" : job.memberName()))
            .strip();
    String due =
        job.dueAt() == null
            ? ""
            : in.say("，请在 %s 前答复", ", answer by %s").formatted(clock(job.dueAt(), zone));
    return who + due;
  }

  static String level(Level level, Language in) {
    if (level == null) {
      return in.say("未定级", "no level");
    }
    return switch (level) {
      case CRITICAL -> in.say("红色", "red");
      case ALARM -> in.say("橙色", "orange");
      case WARN -> in.say("黄色", "yellow");
      case NOTICE -> in.say("蓝色", "blue");
    };
  }

  private static String quantity(Quantity quantity, Language in) {
    if (quantity == null) {
      return "";
    }
    return switch (quantity) {
      case DEPTH -> in.say("水深", "Water depth");
      case RESIDUAL_CURRENT -> in.say("剩余电流", "Residual current");
      case TEMPERATURE -> in.say("温度", "Temperature");
      case VOLTAGE -> in.say("电压", "Voltage");
      case CURRENT -> in.say("电流", "Current");
      case LOAD -> in.say("负载率", "Load");
      case ARC -> in.say("电弧", "Arc");
      case PRESSURE -> in.say("静压", "Pressure");
      case LEVEL -> in.say("液位", "Level");
      case PUMP_MODE -> in.say("水泵", "Pump");
      case HUMIDITY -> in.say("湿度", "Humidity");
      case GAS -> in.say("可燃气", "Gas");
      case OBSCURATION -> in.say("烟雾", "Smoke");
      case BATTERY -> in.say("电量", "Battery");
      case STATE -> in.say("状态", "State");
    };
  }

  private static String clock(Instant at, ZoneId zone) {
    return CLOCK.format(at.atZone(zone));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
