package org.minusone.rules.topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.Counters;
import org.minusone.model.port.InputFlow;
import org.minusone.model.port.SiteCatalog;

/**
 * What a rules task needs around it.
 *
 * @param clock wall time: ticks and silence
 * @param tick how often deadlines and silence are looked at
 * @param counters {@code evaluated}, {@code duplicate}, {@code late} by site; {@code carried} grows
 *     when a task starts anew within this process and reads again what it had done
 * @param atStart asked once when a task starts, before it processes anything; may block
 * @param soFar asked at each tick; must not block
 * @param ends asked at each tick while a run that ended has state here
 * @param signals how many signals were announced
 * @param skipped how many records were no readings
 */
public record Wiring(
    Topics topics,
    SiteCatalog catalog,
    InputFlow flow,
    InstantSource clock,
    Duration tick,
    Counters counters,
    InputPositions positions,
    CommittedOffsets atStart,
    CommittedOffsets soFar,
    InputEnds ends,
    LongAdder signals,
    LongAdder skipped) {}
