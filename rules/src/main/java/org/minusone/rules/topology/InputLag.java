package org.minusone.rules.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the input waits: its end in Kafka against what the tasks have worked off. Asked of
 * the broker by {@link #refresh}, from a thread of its own, so that nobody else ever waits for it.
 */
public final class InputLag {
  private static final Logger LOG = LoggerFactory.getLogger(InputLag.class);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Admin admin;
  private final String topic;
  private final String group;
  private final InputPositions positions;
  private final InstantSource clock;

  private Set<TopicPartition> partitions = Set.of();
  private volatile Ends ends = new Ends(Instant.MIN, Map.of());
  private volatile Map<TopicPartition, Long> committed = Map.of();
  private volatile long carried;
  private volatile boolean failing;

  /** D: of a backlog that takes longer every second end is forgotten, never the oldest. */
  private static final int MOST_UNMET = 1_000;

  /** Ends that were not worked off when last looked at, the oldest first. */
  private final Deque<Ends> unmet = new ArrayDeque<>();

  private record Ends(Instant askedAt, Map<TopicPartition, Long> offsets) {}

  public InputLag(
      Admin admin, String topic, String group, InputPositions positions, InstantSource clock) {
    this.admin = admin;
    this.topic = topic;
    this.group = group;
    this.positions = positions;
    this.clock = clock;
  }

  /**
   * Waits for the topic, then measures what was left over from before.
   *
   * @throws IllegalStateException if there is no such topic after {@code patience}
   */
  public void open(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (partitions.isEmpty()) {
      try {
        Set<TopicPartition> found = new HashSet<>();
        for (TopicPartitionInfo p :
            admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .get(topic)
                .partitions()) {
          found.add(new TopicPartition(topic, p.partition()));
        }
        partitions = Set.copyOf(found);
      } catch (ExecutionException | TimeoutException e) {
        boolean missing = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (System.nanoTime() > until) {
          throw new IllegalStateException(
              missing ? "there is no topic " + topic : "Kafka does not answer", e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    try {
      Map<TopicPartition, Long> starts = offsets(OffsetSpec.earliest());
      Map<TopicPartition, Long> found = groupOffsets();
      Ends now = ends();
      long before = 0;
      for (TopicPartition partition : partitions) {
        long from = Math.max(starts.get(partition), found.getOrDefault(partition, 0L));
        positions.set(partition.partition(), from);
        before += Math.max(0, now.offsets().get(partition) - from);
      }
      committed = found;
      ends = now;
      remember(now);
      carried = before;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot learn how far " + topic + " was worked off", e);
    }
  }

  /** Asks again; keeps the last answer when there is none. */
  public void refresh() throws InterruptedException {
    try {
      ends = ends();
      remember(ends);
      committed = groupOffsets();
      if (failing) {
        LOG.info("Kafka answers again how much of {} waits", topic);
      }
      failing = false;
    } catch (ExecutionException | TimeoutException e) {
      if (!failing) {
        LOG.warn("Kafka does not say how much of {} waits: {}", topic, e.toString());
      }
      failing = true;
    }
  }

  private Ends ends() throws ExecutionException, TimeoutException, InterruptedException {
    Instant askedAt = clock.instant();
    return new Ends(askedAt, offsets(OffsetSpec.latest()));
  }

  private Map<TopicPartition, Long> offsets(OffsetSpec which)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    Map<TopicPartition, Long> found = new HashMap<>();
    admin
        .listOffsets(asked)
        .all()
        .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .forEach((partition, info) -> found.put(partition, info.offset()));
    return Map.copyOf(found);
  }

  private Map<TopicPartition, Long> groupOffsets()
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> answer =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    Map<TopicPartition, Long> found = new HashMap<>();
    answer.forEach(
        (partition, offset) -> {
          if (offset != null) { // of every input of the group

            found.put(partition, offset.offset());
          }
        });
    return Map.copyOf(found);
  }

  /** See {@link InputEnds}. */
  public OptionalLong end(TopicPartition partition, Instant after) {
    Ends known = ends;
    Long offset = known.askedAt().isAfter(after) ? known.offsets().get(partition) : null;
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** As of the last {@link #refresh}; never blocks. */
  public OptionalLong committedSoFar(TopicPartition partition) {
    Long offset = committed.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** Asks Kafka now; empty, and so on the safe side, when it does not answer. */
  public OptionalLong committedNow(TopicPartition partition) {
    try {
      Long offset = groupOffsets().get(partition);
      return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "Kafka does not say how far {} is committed; all kept signals go out again",
          partition,
          e);
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  /** Records that are in Kafka and not worked off. */
  public long waiting() {
    long sum = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.offsets().entrySet()) {
      sum += Math.max(0, end.getValue() - doneBefore(end.getKey()));
    }
    return sum;
  }

  private void remember(Ends end) {
    synchronized (unmet) {
      unmet.addLast(end);
      if (unmet.size() > MOST_UNMET) {
        boolean[] keep = {false};
        unmet.removeIf(e -> !(keep[0] = !keep[0]));
      }
    }
  }

  /**
   * For how long something has been waiting, as far as this process has seen: ms since the oldest
   * end that is not yet worked off was asked for; 0 when none is.
   */
  public long behindMs() {
    synchronized (unmet) {
      while (!unmet.isEmpty() && isWorkedOff(unmet.peekFirst())) {
        unmet.removeFirst();
      }
      return unmet.isEmpty()
          ? 0
          : Math.max(0, Duration.between(unmet.peekFirst().askedAt(), clock.instant()).toMillis());
    }
  }

  private boolean isWorkedOff(Ends end) {
    return end.offsets().entrySet().stream().allMatch(e -> doneBefore(e.getKey()) >= e.getValue());
  }

  /** By the task here, or by the one of another process that has the partition now. */
  private long doneBefore(TopicPartition partition) {
    return Math.max(positions.next(partition.partition()), committed.getOrDefault(partition, -1L));
  }

  /** What waited before the start. */
  public long carried() {
    return carried;
  }
}
