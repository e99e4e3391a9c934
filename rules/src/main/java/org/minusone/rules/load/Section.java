package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping whose keys are taken one by one. {@link #finish} then speaks of those that nobody asked
 * for and of those that were required and are not there; so the reader's code is the schema, and
 * the two cannot drift apart.
 */
public final class Section {
  private final Value whole;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Value> keys = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<String> missing = new ArrayList<>();

  Section(Value whole, MappingNode node) {
    this.whole = whole;
    for (NodeTuple tuple : node.getValue()) {
      Node keyNode = tuple.getKeyNode();
      Value key = new Value(whole.file(), keyNode, "key", whole.problems());
      if (!(keyNode instanceof ScalarNode scalar) || key.isNothing()) {
        key.error("a key must be a word");
        continue;
      }
      String word = scalar.getValue();
      Value value = new Value(whole.file(), tuple.getValueNode(), word, whole.problems());
      Value first = keys.putIfAbsent(word, key);
      if (first == null) {
        values.put(word, value);
      } else {
        key.error("duplicate key '" + word + "', first in line " + first.line());
      }
    }
  }

  /** The section itself, to speak of it as a whole. */
  public Value whole() {
    return whole;
  }

  /** Whether the key is there, with or without a value; does not count as asking for it. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The key's value, if the key is there. */
  public Optional<Value> take(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key));
  }

  /** As {@link #take}, but it is a problem where the key is missing. */
  public Optional<Value> require(String key) {
    Optional<Value> value = take(key);
    if (value.isEmpty()) {
      missing.add(key);
    }
    return value;
  }

  /** One key, itself a value, with what stands under it. */
  public record Entry(Value key, Value value) {}

  /** All of them, for a section whose keys are words of their own; they count as taken. */
  public List<Entry> entries() {
    asked.addAll(values.keySet());
    List<Entry> entries = new ArrayList<>();
    values.forEach((word, value) -> entries.add(new Entry(keys.get(word), value)));
    return entries;
  }

  /** Whether a key that nobody asked for yet is one of {@code words}, misspelt. */
  public boolean hasUnknownLike(Collection<String> words) {
    return keys.keySet().stream()
        .filter(key -> !asked.contains(key))
        .anyMatch(key -> NearestWord.of(key, words).isPresent());
  }

  /** Takes a key that has no meaning here, and says why. */
  void refuse(String key, String why) {
    if (has(key)) {
      asked.add(key);
      keys.get(key).error("'" + key + "' " + why);
    }
  }

  /** Speaks of unknown and missing keys. Call once all known ones were taken. */
  public void finish() {
    Set<String> meant = new HashSet<>();
    for (Map.Entry<String, Value> entry : keys.entrySet()) {
      String key = entry.getKey();
      if (!asked.contains(key)) {
        NearestWord.of(key, asked).ifPresent(meant::add);
        entry.getValue().error(Value.unknown("key", key, asked));
      }
    }
    for (String key : missing) {
      // The misspelt key has been spoken of: its right form is not missing as well.
      if (!meant.contains(key)) {
        whole.error("missing key '" + key + "'");
      }
    }
  }
}
