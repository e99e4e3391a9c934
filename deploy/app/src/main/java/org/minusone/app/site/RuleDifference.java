package org.minusone.app.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.minusone.model.Rule;
import org.minusone.model.codec.Json;

/**
 * What lies between the rules that are live and others, field by field, as they travel.
 *
 * @param added only in the others, in their order
 * @param removed only live
 * @param changed in both, and not the same
 */
public record RuleDifference(List<String> added, List<String> removed, List<Change> changed) {
  /** A rule, and what about it. */
  public record Change(String rule, List<Field> fields) {}

  /**
   * @param field its path, {@code condition.levels.warn.value}
   * @param live null where it is not there
   * @param files likewise
   */
  public record Field(String field, String live, String files) {}

  public boolean isNone() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  public static RuleDifference between(List<Rule> live, List<Rule> files) {
    Map<String, Rule> before = byName(live);
    Map<String, Rule> after = byName(files);
    List<String> added = after.keySet().stream().filter(n -> !before.containsKey(n)).toList();
    List<String> removed = before.keySet().stream().filter(n -> !after.containsKey(n)).toList();
    List<Change> changed = new ArrayList<>();
    after.forEach(
        (name, rule) -> {
          List<Field> fields =
              before.containsKey(name) ? fields(before.get(name), rule) : List.of();
          if (!fields.isEmpty()) {
            changed.add(new Change(name, fields));
          }
        });
    return new RuleDifference(added, removed, List.copyOf(changed));
  }

  private static Map<String, Rule> byName(List<Rule> rules) {
    Map<String, Rule> byName = new LinkedHashMap<>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    return byName;
  }

  private static List<Field> fields(Rule live, Rule files) {
    Map<String, String> before = leaves(live);
    Map<String, String> after = leaves(files);
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    return paths.stream()
        .filter(path -> !java.util.Objects.equals(before.get(path), after.get(path)))
        .map(path -> new Field(path, before.get(path), after.get(path)))
        .toList();
  }

  /** Through the bytes, as the topic has it: {@code 1} that was read back is no new {@code 1}. */
  private static Map<String, String> leaves(Rule rule) {
    Map<String, String> leaves = new TreeMap<>();
    leaves("", Json.read(Json.bytes(rule), JsonNode.class), leaves);
    return leaves;
  }

  private static void leaves(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              e ->
                  leaves(
                      path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), leaves));
    } else if (!node.isNull()) {
      leaves.put(path, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
