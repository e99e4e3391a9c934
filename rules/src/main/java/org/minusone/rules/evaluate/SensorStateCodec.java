package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorKey;
import org.minusone.rules.evaluate.RuleState.Foreseen;
import org.minusone.rules.quality.QualityMemory;

/**
 * A sensor's state as bytes, exactly: what is decoded decides as the original would. The key is not
 * in it, the store has it. The first byte is the format's version.
 *
 * <p>Times are written as differences to the sensor's last event time, so that a deadline costs two
 * or three bytes and a remembered reading as many.
 */
public final class SensorStateCodec {
  private static final int FORMAT = 3;

  /**
   * As 3, without the quality tests' memories, the forecasts' memories of before, the arrivals of
   * each quantity, the time of its last good reading, and the slopes.
   */
  private static final int WITHOUT_QUALITY = 2;

  /** As 2, without the flag {@code offline} at its end. */
  private static final int WITHOUT_OFFLINE = 1;

  private final ByteWriter out = new ByteWriter();
  private long epoch;

  /** One codec belongs to one thread. */
  public SensorStateCodec() {}

  public byte[] encode(SensorState state) {
    out.clear();
    out.oneByte(FORMAT);
    out.text(state.family.id());
    out.unsigned(state.version);
    epoch = state.lastTimeMs == Long.MIN_VALUE ? 0 : state.lastTimeMs;
    out.signed(state.lastTimeMs);
    out.signed(state.lastArrivalMs);
    out.signed(state.offsetMs);
    time(state.suspectSince);
    int quantities = 0;
    for (QuantityState q : state.quantities) {
      quantities += q == null ? 0 : 1;
    }
    out.unsigned(quantities);
    for (Quantity quantity : QUANTITIES) {
      QuantityState q = state.quantities[quantity.ordinal()];
      if (q != null) {
        out.text(quantity.id());
        quantity(q);
      }
    }
    out.unsigned(state.rules.length);
    for (RuleState rule : state.rules) {
      rule(rule);
    }
    out.oneByte(state.offline ? 1 : 0);
    return out.toBytes();
  }

  private static final Quantity[] QUANTITIES = Quantity.values();

  private void time(long timeMs) {
    if (timeMs == NONE) {
      out.oneByte(0);
    } else {
      out.oneByte(1);
      out.signed(timeMs - epoch);
    }
  }

  private void quantity(QuantityState q) {
    out.unsigned(q.count);
    long before = epoch;
    for (int i = 0; i < q.count; i++) {
      long timeMs = q.time(i);
      out.signed(timeMs - before);
      before = timeMs;
    }
    out.signed(q.lastTimeMs);
    out.oneByte((q.failing ? 1 : 0) | q.flag.code() << 1);
    out.real(q.value);
    out.text(q.word);
    out.oneByte(q.quality == null ? 0 : 1);
    if (q.quality != null) {
      q.quality.write(out, epoch, q.value);
    }
    time(q.goodMs == Long.MIN_VALUE ? NONE : q.goodMs);
    time(q.lastArrivalMs == Long.MIN_VALUE ? NONE : q.lastArrivalMs);
    out.signed(q.offsetMs);
  }

  private void rule(RuleState rule) {
    out.text(rule.name);
    out.signed(rule.print);
    out.signed(rule.forecastPrint);
    out.text(rule.quantity == null ? null : rule.quantity.id());
    out.unsigned(rule.levels.length);
    for (int i = 0; i < rule.levels.length; i++) {
      out.oneByte(rule.levels[i].number());
      out.real(rule.limits[i]);
      time(rule.onMs[i]);
      time(rule.offMs[i]);
    }
    out.unsigned(rule.reached);
    time(rule.episodeMs);
    time(rule.lastEpisodeMs);
    out.unsigned(rule.foreseen.length);
    for (Foreseen foreseen : rule.foreseen) {
      out.unsigned(foreseen.level);
      out.oneByte((foreseen.open ? 1 : 0) | (foreseen.spent ? 2 : 0));
      time(foreseen.expiresMs);
      time(foreseen.withdrawMs);
      time(foreseen.expectedMs);
      time(foreseen.toldMs);
    }
    time(rule.memoryTimeMs);
    out.unsigned(rule.memory.length);
    for (double value : rule.memory) {
      out.real(value);
    }
    out.unsigned(rule.before.length);
    if (rule.before.length > 0) {
      time(rule.beforeTimeMs);
    }
    for (double value : rule.before) {
      out.real(value);
    }
    slope(rule.slope);
  }

  private void slope(Slope slope) {
    out.unsigned(slope == null ? 0 : slope.overMs);
    if (slope == null) {
      return;
    }
    out.unsigned(slope.inNewest);
    out.unsigned(slope.points);
    for (int i = 0; i < slope.points; i++) {
      out.signed(slope.times[i] - epoch);
      out.real(slope.values[i]);
    }
  }

  /**
   * @throws IllegalArgumentException if the bytes are of another format or damaged
   */
  public static SensorState decode(SensorKey key, byte[] bytes) {
    try {
      return read(key, new ByteReader(bytes));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the state of " + key + " is cut off", e);
    }
  }

  private static SensorState read(SensorKey key, ByteReader in) {
    int format = in.oneByte();
    if (format < WITHOUT_OFFLINE || format > FORMAT) {
      throw new IllegalArgumentException(
          "the state of " + key + " has format " + format + ", this program reads " + FORMAT);
    }
    SensorState state = new SensorState(key, Family.of(in.text()));
    state.version = in.count();
    state.lastTimeMs = in.signed();
    long epoch = state.lastTimeMs == Long.MIN_VALUE ? 0 : state.lastTimeMs;
    state.lastArrivalMs = in.signed();
    state.offsetMs = in.signed();
    state.suspectSince = time(in, epoch);
    int quantities = in.count();
    for (int i = 0; i < quantities; i++) {
      QuantityState quantity = state.quantity(Quantity.of(in.text()));
      readQuantity(in, format, epoch, quantity);
      if (format > WITHOUT_QUALITY) {
        readArrivals(in, epoch, quantity);
      } else {
        boolean isKnown = quantity.word != null || !Double.isNaN(quantity.value);
        quantity.goodMs = isKnown ? quantity.lastTimeMs : Long.MIN_VALUE;
        quantity.lastArrivalMs = state.lastArrivalMs;
        quantity.offsetMs = state.offsetMs;
      }
    }
    state.rules = new RuleState[in.count()];
    for (int i = 0; i < state.rules.length; i++) {
      state.rules[i] = readRule(in, format, epoch);
      state.rules[i].slope = format > WITHOUT_QUALITY ? readSlope(in, epoch) : null;
      state.rules[i].schedule();
    }
    state.offline = format > WITHOUT_OFFLINE && in.oneByte() == 1;
    state.schedule();
    return state;
  }

  private static long time(ByteReader in, long epoch) {
    return in.oneByte() == 0 ? NONE : in.signed() + epoch;
  }

  private static void readQuantity(ByteReader in, int format, long epoch, QuantityState q) {
    int count = in.count();
    long before = epoch;
    for (int i = 0; i < count; i++) {
      before += in.signed();
      q.remember(before);
    }
    q.lastTimeMs = in.signed();
    int bits = in.oneByte();
    q.failing = (bits & 1) == 1;
    q.value = in.real();
    q.word = in.text();
    if (format > WITHOUT_QUALITY) {
      q.flag = QualityFlag.of(bits >> 1);
      q.quality = in.oneByte() == 0 ? null : QualityMemory.read(in, epoch, q.value);
    }
  }

  private static void readArrivals(ByteReader in, long epoch, QuantityState q) {
    long goodMs = time(in, epoch);
    q.goodMs = goodMs == NONE ? Long.MIN_VALUE : goodMs;
    long arrivalMs = time(in, epoch);
    q.lastArrivalMs = arrivalMs == NONE ? Long.MIN_VALUE : arrivalMs;
    q.offsetMs = in.signed();
  }

  /** Null where there is none. */
  private static Slope readSlope(ByteReader in, long epoch) {
    long overMs = in.unsigned();
    if (overMs == 0) {
      return null;
    }
    Slope slope = new Slope(overMs);
    slope.inNewest = in.count();
    slope.points = in.count();
    for (int i = 0; i < slope.points; i++) {
      slope.times[i] = in.signed() + epoch;
      slope.values[i] = in.real();
    }
    return slope;
  }

  private static RuleState readRule(ByteReader in, int format, long epoch) {
    String name = in.text();
    int print = (int) in.signed();
    int forecastPrint = (int) in.signed();
    String quantity = in.text();
    int n = in.count();
    Level[] levels = new Level[n];
    double[] limits = new double[n];
    long[] onMs = new long[n];
    long[] offMs = new long[n];
    for (int i = 0; i < n; i++) {
      levels[i] = level(in.oneByte());
      limits[i] = in.real();
      onMs[i] = time(in, epoch);
      offMs[i] = time(in, epoch);
    }
    int reached = in.count();
    long episodeMs = time(in, epoch);
    long lastEpisodeMs = time(in, epoch);
    Foreseen[] foreseen = new Foreseen[in.count()];
    for (int i = 0; i < foreseen.length; i++) {
      Foreseen f = new Foreseen();
      f.level = in.count();
      int bits = in.oneByte();
      f.open = (bits & 1) != 0;
      f.spent = (bits & 2) != 0;
      f.expiresMs = time(in, epoch);
      f.withdrawMs = time(in, epoch);
      f.expectedMs = time(in, epoch);
      f.toldMs = time(in, epoch);
      foreseen[i] = f;
    }
    long memoryTimeMs = time(in, epoch);
    double[] memory = new double[in.count()];
    for (int i = 0; i < memory.length; i++) {
      memory[i] = in.real();
    }
    double[] before = new double[format > WITHOUT_QUALITY ? in.count() : 0];
    long beforeTimeMs = before.length > 0 ? time(in, epoch) : NONE;
    for (int i = 0; i < before.length; i++) {
      before[i] = in.real();
    }
    RuleState rule =
        new RuleState(
            name,
            print,
            forecastPrint,
            quantity == null ? null : Quantity.of(quantity),
            levels,
            limits,
            foreseen.length,
            memory.length);
    System.arraycopy(onMs, 0, rule.onMs, 0, n);
    System.arraycopy(offMs, 0, rule.offMs, 0, n);
    System.arraycopy(foreseen, 0, rule.foreseen, 0, foreseen.length);
    System.arraycopy(memory, 0, rule.memory, 0, memory.length);
    rule.reached = reached;
    rule.episodeMs = episodeMs;
    rule.lastEpisodeMs = lastEpisodeMs;
    rule.memoryTimeMs = memoryTimeMs;
    rule.before = before.length == 0 ? RuleState.EMPTY : before;
    rule.beforeTimeMs = beforeTimeMs;
    return rule;
  }

  private static Level level(int number) {
    for (Level level : Level.values()) {
      if (level.number() == number) {
        return level;
      }
    }
    throw new IllegalArgumentException("no level has the number " + number);
  }
}
