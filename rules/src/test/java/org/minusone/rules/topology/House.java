package org.minusone.rules.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.Counters;

/** What stands around a task in tests; outlives the task as the real things do. */
final class House {
  final FakeSites sites = new FakeSites();
  final Counters counters = new Counters();
  final InputPositions positions = new InputPositions();
  final LongAdder skipped = new LongAdder();
  boolean current = true;
  long nowMs;

  /** Null = none. */
  Long committed;

  House(Instant now) {
    nowMs = now.toEpochMilli();
  }

  /** Records in the input; null = its end is not known. */
  Long end;

  private OptionalLong committed() {
    return committed == null ? OptionalLong.empty() : OptionalLong.of(committed);
  }

  Wiring wiring() {
    InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
    return new Wiring(
        Topics.DEFAULT,
        sites,
        () -> current,
        clock,
        Duration.ofMillis(250),
        counters,
        positions,
        input -> committed(),
        input -> committed(),
        (input, after) -> end == null ? OptionalLong.empty() : OptionalLong.of(end),
        new LongAdder(),
        skipped);
  }
}
