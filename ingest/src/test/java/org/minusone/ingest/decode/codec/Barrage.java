package org.minusone.ingest.decode.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A codec under random payloads. Each must give entries or refusals and no exception, the same ones
 * when it comes again, no value before its entry, details that a person can be shown, in at most 50
 * ms of the processor's time. The seed and the payload are in the message of a failure.
 */
public final class Barrage {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long MOST_NS = 50_000_000;
  private static final long NOW = 1_700_000_000_000L;

  /** How many payloads became what: a barrage that only ever gets refusals tests little. */
  public record Tally(int entries, int refusals) {}

  private Barrage() {}

  /**
   * @param mayBeSilent whether a payload may give nothing at all
   */
  public static Tally run(
      Codec codec, int payloads, long seed, boolean mayBeSilent, Function<Random, byte[]> next) {
    Random random = new Random(seed);
    int entries = 0;
    int refusals = 0;
    for (int i = 0; i < payloads; i++) {
      byte[] payload = next.apply(random);
      boolean own = random.nextBoolean();
      String about = "seed " + seed + ", payload " + i + ": ";
      List<String> told;
      long begun = cpuNs();
      try {
        told = told(codec, payload, own);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(about + HexFormat.of().formatHex(payload), e);
      }
      if (cpuNs() - begun > MOST_NS && slow(codec, payload, own)) {
        fail(about + "takes over 50 ms: " + HexFormat.of().formatHex(payload));
      }
      String problem = problem(told, mayBeSilent);
      if (problem == null && i % 100 == 0 && !told.equals(told(codec, payload, own))) {
        problem = "other lines the second time";
      }
      if (problem != null) {
        fail(about + problem + "\n" + told + "\n" + HexFormat.of().formatHex(payload));
      }
      entries += told.stream().anyMatch(line -> line.startsWith("[")) ? 1 : 0;
      refusals += told.stream().anyMatch(line -> line.startsWith("!")) ? 1 : 0;
    }
    Tally tally = new Tally(entries, refusals);
    assertThat(tally.entries).as(tally.toString()).isGreaterThan(payloads / 100);
    assertThat(tally.refusals).as(tally.toString()).isGreaterThan(payloads / 100);
    return tally;
  }

  /**
   * The same for codecs that remember: what one of them tells, its twin must tell as well, which
   * was told the same messages.
   */
  public static Tally remembering(
      Codec codec, Codec twin, int messages, long seed, Function<Random, Envelope> next) {
    Random random = new Random(seed);
    int entries = 0;
    int refusals = 0;
    for (int i = 0; i < messages; i++) {
      Envelope message = next.apply(random);
      String about = "seed " + seed + ", message " + i + ", " + message.topic() + ": ";
      String hex = HexFormat.of().formatHex(message.payload());
      List<String> told;
      String problem;
      try {
        long begun = cpuNs();
        told = Told.of(codec, message);
        long between = cpuNs();
        List<String> toldByTwin = Told.of(twin, message);
        boolean slow = between - begun > MOST_NS && cpuNs() - between > MOST_NS;
        problem =
            slow
                ? "takes over 50 ms"
                : told.equals(toldByTwin) ? problem(told, false) : "its twin tells\n" + toldByTwin;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(about + hex, e);
      }
      if (problem != null) {
        fail(about + problem + "\n" + told + "\n" + hex);
      }
      entries += told.stream().anyMatch(line -> line.startsWith("[")) ? 1 : 0;
      refusals += told.stream().anyMatch(line -> line.startsWith("!")) ? 1 : 0;
    }
    return enough(new Tally(entries, refusals), messages);
  }

  private static Tally enough(Tally tally, int of) {
    assertThat(tally.entries).as(tally.toString()).isGreaterThan(of / 100);
    assertThat(tally.refusals).as(tally.toString()).isGreaterThan(of / 100);
    return tally;
  }

  /** What this thread has worked: the machine may have other things to do, too. */
  public static long cpuNs() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static List<String> told(Codec codec, byte[] payload, boolean own) {
    return own ? Told.own(codec, payload, NOW) : Told.gateway(codec, payload, NOW);
  }

  /** Slow each time, when the compiler, which a busy machine starves, has done its part too. */
  private static boolean slow(Codec codec, byte[] payload, boolean own) {
    for (int i = 0; i < 200; i++) {
      long begun = cpuNs();
      told(codec, payload, own);
      if (cpuNs() - begun <= MOST_NS) {
        return false;
      }
    }
    return true;
  }

  private static String problem(List<String> told, boolean mayBeSilent) {
    if (told.isEmpty()) {
      return mayBeSilent ? null : "neither an entry nor a refusal";
    }
    boolean entry = false;
    String before = "";
    for (String line : told) {
      if (line.startsWith("nothing: ") || line.startsWith("answer ")) {
        continue;
      }
      if (line.startsWith("[")) {
        if (before.startsWith("[")) {
          return "an entry without a value";
        }
        if (line.endsWith(" offline]")) {
          continue;
        }
        entry = true;
      } else if (line.startsWith("!")) {
        if (line.length() > 600
            || line.endsWith(" ")
            || line.chars().anyMatch(Character::isISOControl)) {
          return "nothing to show a person";
        }
      } else if (!entry) {
        return "a value before its entry";
      }
      before = line;
    }
    return before.startsWith("[") ? "an entry without a value" : null;
  }

  /** One of {@code whole} with a few things done to it, or noise. */
  public static byte[] bent(Random random, List<byte[]> whole, List<byte[]> fragments) {
    if (random.nextInt(50) == 0) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] bytes = whole.get(random.nextInt(whole.size()));
    for (int bends = random.nextInt(4); bends > 0; bends--) {
      int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(12));
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> splice(bytes, from, new byte[] {(byte) random.nextInt(256)}, to);
            case 1 -> splice(bytes, from, new byte[0], to);
            case 2 -> splice(bytes, from, fragments.get(random.nextInt(fragments.size())), from);
            case 3 -> splice(bytes, from, fragments.get(random.nextInt(fragments.size())), to);
            case 4 -> splice(bytes, from, Arrays.copyOfRange(bytes, from, to), from);
            default -> {
              byte[] other = whole.get(random.nextInt(whole.size()));
              yield random.nextInt(5) == 0
                  ? Arrays.copyOf(bytes, from)
                  : splice(bytes, from, Arrays.copyOfRange(other, 0, other.length / 2), to);
            }
          };
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, byte[] middle, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(middle);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
