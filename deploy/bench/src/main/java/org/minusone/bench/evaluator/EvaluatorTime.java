package org.minusone.bench.evaluator;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time of one reading through the evaluator, its making included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EvaluatorTime {
  /** More states than a core's caches hold. */
  private static final int SENSORS = 10_000;

  @Param public Pack pack;

  private Sensors sensors;

  @Setup
  public void warm() {
    sensors = new Sensors(pack, SENSORS);
    sensors.readingsEach(20);
  }

  @Benchmark
  public int reading() {
    return sensors.reading();
  }
}
