package org.minusone.app.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What one gateway will publish, made from a seed before anything is published: readings one and
 * several to a message, with a stamp and without; messages that are sent twice; stamps out of
 * order; and one message in a hundred that cannot be read.
 *
 * <p>The identity of a stamped reading is {@code sensor/quantity/ms}. One without a stamp has no
 * identity before it arrives (CONTRACTS §2.2); here each has a value of its own, {@code
 * sensor/quantity=value}.
 */
final class Script {
  /** Sensors of Fubao's electrical family that a script has to itself. */
  private static final int STAMPED = 25;

  private static final int UNSTAMPED = 5;
  private static final double POISON = 0.01;
  private static final double TWICE = 0.02;

  /** Messages are sent at most so many places from where their stamps belong. */
  private static final int DISORDER = 20;

  private static final long STEP_MS = 500;

  /**
   * @param identities of the readings in it; none in a poisonous one
   * @param poison sha-256 of the payload that cannot be read; null for a good one
   */
  record Message(String topic, byte[] payload, List<String> identities, String poison) {}

  private final Random random;
  private final int number;
  private final long beginMs;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Integer> told = new HashMap<>();
  private int poisons;

  private Script(Random random, int number, long beginMs) {
    this.random = random;
    this.number = number;
    this.beginMs = beginMs;
  }

  /**
   * @param number of the gateway, from 0: no other has the same sensors
   * @param readings at least so many, those sent twice not counted
   * @param beginMs the first stamp, epoch milliseconds, far enough back that the last is past
   */
  static List<Message> of(long seed, int number, int readings, long beginMs) {
    Script script = new Script(new Random(seed * 31 + number), number, beginMs);
    int made = 0;
    while (made < readings) {
      if (script.random.nextDouble() < POISON) {
        script.messages.add(script.poisonous());
        continue;
      }
      Message message = script.good();
      made += message.identities().size();
      script.messages.add(message);
      if (script.random.nextDouble() < TWICE && message.identities().get(0).indexOf('=') < 0) {
        script.messages.add(message);
      }
    }
    for (int i = 0; i < script.messages.size(); i++) {
      int other = i + script.random.nextInt(DISORDER);
      if (other < script.messages.size() && script.random.nextInt(4) == 0) {
        Collections.swap(script.messages, i, other);
      }
    }
    return script.messages;
  }

  private Message good() {
    int kind = random.nextInt(100);
    if (kind < 30) {
      return one();
    } else if (kind < 50) {
      return twoQuantities();
    } else if (kind < 75) {
      return several();
    } else if (kind < 90) {
      return manySensors();
    }
    return unstamped();
  }

  private Message one() {
    List<String> identities = new ArrayList<>();
    String sensor = stamped();
    return toSensor(sensor, entry(sensor, identities, "voltage"), identities);
  }

  private Message twoQuantities() {
    List<String> identities = new ArrayList<>();
    String sensor = stamped();
    return toSensor(sensor, entry(sensor, identities, "voltage", "current"), identities);
  }

  private Message several() {
    List<String> identities = new ArrayList<>();
    String sensor = stamped();
    List<String> entries = new ArrayList<>();
    for (int i = 2 + random.nextInt(6); i > 0; i--) {
      entries.add(entry(sensor, identities, "voltage"));
    }
    return toSensor(sensor, "[" + String.join(",", entries) + "]", identities);
  }

  private Message manySensors() {
    List<String> identities = new ArrayList<>();
    List<String> devices = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String sensor = sensor(i * 2 + random.nextInt(2));
      devices.add("\"%s\":[%s]".formatted(sensor, entry(sensor, identities, "current")));
    }
    return new Message(
        "sites/fubao/gateways/g-%d/readings".formatted(number),
        utf8("{" + String.join(",", devices) + "}"),
        identities,
        null);
  }

  private Message unstamped() {
    String sensor = sensor(STAMPED + random.nextInt(UNSTAMPED));
    int nth = told.merge(sensor, 1, Integer::sum);
    String value = text(nth / 100.0);
    return toSensor(
        sensor, "{\"voltage\":%s}".formatted(value), List.of(sensor + "/voltage=" + value));
  }

  private String entry(String sensor, List<String> identities, String... quantities) {
    long ms = beginMs + told.merge(sensor, 1, Integer::sum) * STEP_MS;
    List<String> values = new ArrayList<>();
    for (String quantity : quantities) {
      identities.add(sensor + "/" + quantity + "/" + ms);
      values.add("\"%s\":%s".formatted(quantity, text(valueAt(ms))));
    }
    return "{\"ts\":%d,\"values\":{%s}}".formatted(ms, String.join(",", values));
  }

  /** What a stamped reading of that instant says. */
  static double valueAt(long ms) {
    return ms / STEP_MS % 20_000 / 100.0;
  }

  /** Two decimals, as they are written and found again. */
  static String text(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private Message poisonous() {
    String id = "poison-%d-%d".formatted(number, poisons++);
    String topic = "sites/fubao/electrical/" + stamped() + "/readings";
    byte[] payload =
        switch (poisons % 7) {
          case 0 -> utf8("{\"ts\":1700000000000,\"values\":{\"voltage\":\"" + id);
          case 1 -> utf8("{\"" + id + "\":5}");
          case 2 -> utf8("{\"voltage\":\"" + id + "\"}");
          case 3 -> utf8("[".repeat(200) + "\"" + id + "\"");
          case 4 -> utf8("{\"ts\":\"" + id + "\",\"values\":{\"voltage\":230}}");
          case 5 -> {
            topic = "sites/fubao/electrical/no-such-" + id + "/readings";
            yield utf8("{\"voltage\":230,\"of\":\"" + id + "\"}");
          }
          default -> {
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0xFF;
            yield concatenated(bytes, utf8(id));
          }
        };
    return new Message(topic, payload, List.of(), sha256(payload));
  }

  private String stamped() {
    return sensor(random.nextInt(STAMPED));
  }

  private String sensor(int index) {
    return "E-%04d".formatted(1 + number * (STAMPED + UNSTAMPED) + index);
  }

  private static Message toSensor(String sensor, String payload, List<String> identities) {
    return new Message(
        "sites/fubao/electrical/" + sensor + "/readings", utf8(payload), identities, null);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concatenated(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static String sha256(byte[] payload) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
