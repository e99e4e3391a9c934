package org.minusone.app.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.KafkaAccess;
import org.minusone.app.config.Setting;
import org.minusone.app.config.StoreSettings;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.embedded.RunFile;
import org.minusone.app.site.SiteTable;
import org.minusone.app.topic.TopicCreator;
import org.minusone.model.codec.Topics;
import org.minusone.series.store.StoreConfig;
import picocli.CommandLine.Mixin;

/**
 * How a command finds the sites that are live: in the running instance of a data directory, or on
 * the Kafka that a configuration names.
 */
final class LiveSites {
  @Mixin private DataOption where;
  @Mixin private ConfigOption config;

  /** Whether it is the instance of a data directory that is meant. */
  boolean isInstance() {
    return where.data != null || !config.isNamed();
  }

  Instance instance() throws Problem {
    return where.instance();
  }

  /** Where their series is. */
  StoreConfig store() throws Exception {
    return isInstance() ? instance().store() : StoreSettings.store(config.read());
  }

  /**
   * The topic {@code site}, read to its end.
   *
   * @param create whether topics that are missing are made: a site may be applied before the first
   *     role starts
   */
  SiteTable open(boolean create) throws Exception {
    if (isInstance()) {
      RunFile file = where.instance().file();
      return started(
          EmbeddedKafka.clientProperties(
              file.addresses().get("kafka"), file.passwords().get("kafka")),
          Topics.DEFAULT);
    }
    Configuration configuration = config.read();
    configuration.require("a site", List.of(Setting.KAFKA_BOOTSTRAP));
    KafkaAccess access = new KafkaAccess(configuration, Instant.now());
    Map<String, Object> kafka = access.properties();
    access.requireAnswer(kafka);
    Topics topics = new Topics(configuration.text(Setting.TOPICS_PREFIX));
    if (create) {
      TopicCreator.createMissing(
          kafka,
          topics.all(configuration.number(Setting.TOPICS_PARTITIONS)),
          (short) configuration.number(Setting.TOPICS_REPLICATION));
    } else {
      requireTopic(kafka, topics.site());
    }
    return started(kafka, topics);
  }

  /**
   * @param properties of a client
   */
  record Kafka(Map<String, Object> properties, Topics topics) {}

  /** Where they are, for those who read other topics than the sites'. */
  Kafka kafka() throws Exception {
    if (isInstance()) {
      RunFile file = where.instance().file();
      return new Kafka(
          EmbeddedKafka.clientProperties(
              file.addresses().get("kafka"), file.passwords().get("kafka")),
          Topics.DEFAULT);
    }
    Configuration configuration = config.read();
    configuration.require("a topic", List.of(Setting.KAFKA_BOOTSTRAP));
    KafkaAccess access = new KafkaAccess(configuration, Instant.now());
    access.requireAnswer(access.properties());
    return new Kafka(access.properties(), new Topics(configuration.text(Setting.TOPICS_PREFIX)));
  }

  static void requireTopic(Map<String, Object> kafka, String topic) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      Set<String> names = admin.listTopics().names().get(20, TimeUnit.SECONDS);
      if (!names.contains(topic)) {
        throw Problem.failed(
            "there is no topic %s on this Kafka yet: apply a site, or start the roles"
                .formatted(topic));
      }
    }
  }

  private static SiteTable started(Map<String, Object> kafka, Topics topics) throws Exception {
    SiteTable table = new SiteTable(kafka, topics.site());
    try {
      table.start();
      return table;
    } catch (IllegalStateException e) {
      table.close();
      throw Problem.failed(e.getMessage());
    } catch (Exception | Error e) {
      table.close();
      throw e;
    }
  }
}
