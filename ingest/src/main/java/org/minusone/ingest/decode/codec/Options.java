package org.minusone.ingest.decode.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A codec's options as a person wrote them. Whatever is wrong with one is an {@link
 * IllegalArgumentException} with a line that names it: {@code codec mapped-json, values.state: …}.
 */
public final class Options {
  private final String codec;

  /** Which part of the options this is, with a dot at its end; empty for all of them. */
  private final String part;

  private final Map<String, Object> values;

  private Options(String codec, String part, Map<?, ?> values) {
    this.codec = codec;
    this.part = part;
    this.values = new LinkedHashMap<>();
    // A key that YAML reads as a number or a flag is the text that was written.
    values.forEach((key, value) -> this.values.put(String.valueOf(key), value));
  }

  /** All options of a codec. */
  public static Options of(String codec, Map<String, Object> options) {
    return new Options(codec, "", options == null ? Map.of() : options);
  }

  /**
   * @throws IllegalArgumentException for a key that is none of {@code known}, with the nearest one
   */
  public Options only(String... known) {
    for (String key : values.keySet()) {
      List<String> names = Arrays.asList(known);
      if (!names.contains(key)) {
        throw wrong(key, "no such option" + suggestion(key, names));
      }
    }
    return this;
  }

  public boolean has(String key) {
    return values.get(key) != null;
  }

  public Collection<String> keys() {
    return values.keySet();
  }

  public boolean isMap(String key) {
    return values.get(key) instanceof Map<?, ?>;
  }

  /** As it was written, of whatever type; null where there is none. */
  public Object raw(String key) {
    return values.get(key);
  }

  /** Text, or a number or flag as text; null where there is none. */
  public String text(String key) {
    Object value = values.get(key);
    if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
      throw wrong(key, "text belongs here");
    }
    return value == null ? null : String.valueOf(value);
  }

  public double number(String key, double otherwise) {
    Object value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(key, "a number belongs here, this is " + value);
  }

  /** Options below a key; without any where the key is not there. */
  public Options part(String key) {
    Object value = values.get(key);
    if (value != null && !(value instanceof Map<?, ?>)) {
      throw wrong(key, "a map belongs here, this is " + value);
    }
    return new Options(codec, part + key + ".", value == null ? Map.of() : (Map<?, ?>) value);
  }

  /** Text by text below a key: {@code {"0": normal, "1": fire}}. */
  public Map<String, String> texts(String key) {
    Options below = part(key);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : below.keys()) {
      if (!below.has(name)) {
        throw below.wrong(name, "text belongs here");
      }
      texts.put(name, below.text(name));
    }
    return texts;
  }

  /** What is wrong with an option, and where it stands. */
  public IllegalArgumentException wrong(String key, String problem) {
    return new IllegalArgumentException("codec " + codec + ", " + part + key + ": " + problem);
  }

  /** {@code ", did you mean 'sensor'?"}, or which words there are where none is near. */
  public static String suggestion(String word, Collection<String> known) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int slips = slips(word.toLowerCase(Locale.ROOT), candidate);
      if (slips < least) {
        nearest = candidate;
        least = slips;
      }
    }
    return nearest != null && least <= Math.max(1, nearest.length() / 3)
        ? ", did you mean '" + nearest + "'?"
        : "; there are " + String.join(", ", new ArrayList<>(known));
  }

  /** Letters to add, drop or change to get from one to the other. */
  private static int slips(String a, String b) {
    int[] last = new int[b.length() + 1];
    Arrays.setAll(last, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(row[j - 1], last[j]) + 1);
      }
      last = row;
    }
    return last[b.length()];
  }
}
