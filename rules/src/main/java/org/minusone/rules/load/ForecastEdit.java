package org.minusone.rules.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Rule;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Writes what was calibrated into a rule file: the keys {@code probability}, {@code interval} and
 * {@code calibrated} of one rule's {@code forecast:}. What else is in the file stays to the letter,
 * comments and layout too.
 */
public final class ForecastEdit {
  private ForecastEdit() {}

  /** The file or files that {@link RuleLoader#load} reads of {@code fileOrDirectory}. */
  public static List<Path> files(Path fileOrDirectory) {
    if (!Files.isDirectory(fileOrDirectory)) {
      return List.of(fileOrDirectory);
    }
    Path inner = fileOrDirectory.resolve("rules");
    return RuleLoader.yamlFiles(Files.isDirectory(inner) ? inner : fileOrDirectory, new Problems());
  }

  /**
   * @param text of a file that loads without an error
   * @param rule its name
   * @param probability null = the key is left as it is
   * @param interval null = the key is left as it is
   * @param figures what {@code calibrated} says
   * @return the text with the change; empty where the rule has no {@code forecast:} of its own in
   *     it, or one that is shared through an anchor
   */
  public static Optional<String> edit(
      String text, String rule, Double probability, Rule.Stretch interval, String figures) {
    Map<String, String> wanted = new LinkedHashMap<>();
    if (probability != null) {
      wanted.put("probability", plain(probability));
    }
    if (interval != null) {
      wanted.put("interval", "[" + plain(interval.low()) + ", " + plain(interval.high()) + "]");
    }
    wanted.put("calibrated", "\"" + figures.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    String mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    String body = text.substring(mark.length());
    return forecast(body, rule)
        .map(value -> mark + replaced(body, (MappingNode) value.node(), wanted))
        .filter(edited -> says(edited, rule, probability, interval));
  }

  /** Whether the edited file still loads and the rule says what it should. */
  private static boolean says(String text, String rule, Double probability, Rule.Stretch interval) {
    RuleLoader.Loaded loaded = RuleLoader.parse(Path.of("edited"), text, ForecastMethods.LIVE);
    return !loaded.hasErrors()
        && loaded.rules().stream()
            .filter(r -> r.name().equals(rule))
            .anyMatch(
                r ->
                    r.condition() instanceof Rule.Threshold t
                        && t.forecast() != null
                        && (probability == null || probability.equals(t.forecast().probability()))
                        && (interval == null || interval.equals(t.forecast().interval())));
  }

  private static Optional<Value> forecast(String body, String rule) {
    Optional<Value> root = YamlText.parse(Path.of("edited"), body, new Problems());
    for (Value group : items(root, "groups")) {
      for (Value item : items(Optional.of(group), "rules")) {
        Optional<Section> section = item.isMapping() ? item.section() : Optional.empty();
        boolean isIt =
            section
                .flatMap(s -> s.take("rule"))
                .flatMap(Value::raw)
                .filter(rule::equals)
                .isPresent();
        Optional<Value> forecast = section.flatMap(s -> s.take("forecast"));
        if (isIt && forecast.isPresent() && forecast.get().isMapping()) {
          boolean own = start(forecast.get().node()) > start(item.node());
          return own && start(forecast.get().node()) < end(item.node())
              ? forecast
              : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static List<Value> items(Optional<Value> of, String key) {
    return of.filter(Value::isMapping)
        .flatMap(Value::section)
        .flatMap(section -> section.take(key))
        .filter(Value::isList)
        .map(Value::items)
        .orElse(List.of());
  }

  private static String replaced(String body, MappingNode node, Map<String, String> wanted) {
    Value whole = new Value(Path.of("edited"), node, "forecast", new Problems());
    List<Change> changes = new ArrayList<>();
    Map<String, String> added = new LinkedHashMap<>(wanted);
    Node last = null;
    for (Section.Entry entry : new Section(whole, node).entries()) {
      last = entry.value().node();
      String value = added.remove(entry.value().name());
      if (value != null) {
        changes.add(new Change(at(body, start(last)), at(body, end(last)), value));
      }
    }
    if (!added.isEmpty()) {
      changes.add(
          node.getFlowStyle() == FlowStyle.FLOW
              ? intoBraces(body, node, last, added)
              : afterLines(body, node, last, added));
    }
    StringBuilder edited = new StringBuilder(body);
    changes.sort((a, b) -> Integer.compare(b.from, a.from));
    for (Change change : changes) {
      edited.replace(change.from, change.to, change.text);
    }
    return edited.toString();
  }

  /** Characters {@code from} to {@code to} become {@code text}. */
  private record Change(int from, int to, String text) {}

  /** {@code {to: alarm, probability: 0.6}}, the figures on a line of their own. */
  private static Change intoBraces(
      String body, MappingNode node, Node last, Map<String, String> added) {
    int from = last == null ? at(body, start(node)) + 1 : at(body, end(last));
    StringBuilder text = new StringBuilder();
    boolean first = last == null;
    for (Map.Entry<String, String> entry : added.entrySet()) {
      String gap = entry.getKey().equals("calibrated") ? "\n" + indentBelow(body, from) : " ";
      text.append(first ? "" : ",").append(first ? "" : gap);
      text.append(entry.getKey()).append(": ").append(entry.getValue());
      first = false;
    }
    return new Change(from, from, text.toString());
  }

  /** Two further in than the line it stands in. */
  private static String indentBelow(String body, int at) {
    int line = body.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
    int indent = 0;
    while (line + indent < body.length() && body.charAt(line + indent) == ' ') {
      indent++;
    }
    return " ".repeat(indent + 2);
  }

  private static Change afterLines(
      String body, MappingNode node, Node last, Map<String, String> added) {
    int column = node.getStartMark().orElseThrow().getColumn();
    int end = at(body, end(last));
    boolean atLineStart = end > 0 && body.charAt(end - 1) == '\n';
    int newline = atLineStart ? end - 1 : body.indexOf('\n', end);
    StringBuilder text = new StringBuilder();
    added.forEach(
        (key, value) ->
            text.append(" ".repeat(column)).append(key).append(": ").append(value).append('\n'));
    if (newline < 0) {
      return new Change(body.length(), body.length(), "\n" + text);
    }
    return new Change(newline + 1, newline + 1, text.toString());
  }

  /** Marks count code points. */
  private static int at(String body, int codePoint) {
    return body.offsetByCodePoints(0, codePoint);
  }

  private static int start(Node node) {
    return node.getStartMark().orElseThrow().getIndex();
  }

  private static int end(Node node) {
    return node.getEndMark().orElseThrow().getIndex();
  }

  private static String plain(double number) {
    return new java.math.BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
