package org.minusone.app.stack;

import java.time.Instant;
import java.util.Map;
import org.minusone.alerting.AlertingConfig;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.console.ConsoleConfig;
import org.minusone.ingest.IngestConfig;
import org.minusone.model.codec.Topics;
import org.minusone.rules.RulesConfig;
import org.minusone.series.SeriesConfig;
import org.minusone.series.store.StoreConfig;

/**
 * What a process is made of. The configuration of a role it does not have is null.
 *
 * @param kafka client properties: where it is, and how to be let in
 * @param partitions of readings, where the topic is made
 * @param replication of every topic, where it is made
 * @param instance this process, the same over restarts
 * @param notBefore health reports of processes that began earlier are no news
 * @param store where the console reads the series; null without a console
 * @param consoleKey signs the console's tokens; null without a console
 */
public record Plan(
    Map<String, Object> kafka,
    Topics topics,
    int partitions,
    short replication,
    String instance,
    Instant notBefore,
    IngestConfig ingest,
    SeriesConfig series,
    RulesConfig rules,
    AlertingConfig alerting,
    NotifyConfig telling,
    ConsoleConfig console,
    StoreConfig store,
    byte[] consoleKey) {
  public Plan {
    kafka = Map.copyOf(kafka);
    consoleKey = consoleKey == null ? null : consoleKey.clone();
  }

  @Override
  public byte[] consoleKey() {
    return consoleKey == null ? null : consoleKey.clone();
  }

  /** Without what opens doors. */
  @Override
  public String toString() {
    return "Plan[instance=" + instance + ", topics=" + topics.prefix() + "]";
  }
}
