package org.minusone.app.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.minusone.model.codec.Topics;

/** Creates the topics that are missing; leaves those that exist as they are. */
public final class TopicCreator {
  private TopicCreator() {}

  /**
   * @param replication 1 with one broker, else 3
   */
  public static void createMissing(
      Map<String, Object> kafka, List<Topics.Spec> specs, short replication) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      Set<String> existing = admin.listTopics().names().get(20, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      for (Topics.Spec spec : specs) {
        if (!existing.contains(spec.name())) {
          missing.add(
              new NewTopic(spec.name(), spec.partitions(), replication)
                  .configs(settings(spec, replication)));
        }
      }
      for (var created : admin.createTopics(missing).values().values()) {
        try {
          created.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
    }
  }

  private static Map<String, String> settings(Topics.Spec spec, short replication) {
    Map<String, String> settings = new HashMap<>();
    if (spec.retention() == null) {
      settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    } else {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(spec.retention().toMillis()));
    }
    if (replication > 2) {
      // With 1, acks=all would mean one copy whenever the others are away.
      settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return settings;
  }
}
