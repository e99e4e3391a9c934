package org.minusone.rules.load;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.minusone.model.Text;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a file: asked for as what it should be, it is that, or it says at its place why not.
 *
 * @param name the key it stands under
 */
public record Value(Path file, Node node, String name, Problems problems) {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

  public int line() {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private int column() {
    return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
  }

  public void error(String message) {
    problems.error(file, line(), column(), message);
  }

  /**
   * As {@link #error}, at a place within a text.
   *
   * @param textLine from 1; of a text that is not written line by line, only the first is found
   * @param textColumn from 0
   */
  void errorWithin(int textLine, int textColumn, String message) {
    ScalarStyle style = ((ScalarNode) node).getScalarStyle();
    if (style == ScalarStyle.LITERAL) {
      problems.error(file, line() + textLine, textColumn + 1, message);
    } else if (style != ScalarStyle.FOLDED && textLine == 1 && isOnOneLine()) {
      int quote = style == ScalarStyle.PLAIN ? 0 : 1;
      problems.error(file, line(), column() + quote + textColumn, message);
    } else {
      error(message);
    }
  }

  private boolean isOnOneLine() {
    return node.getEndMark().map(Mark::getLine).orElse(0) + 1 == line();
  }

  public void warning(String message) {
    problems.warning(file, line(), column(), message);
  }

  /** The same, called otherwise: an item of a list has no key of its own. */
  public Value as(String called) {
    return new Value(file, node, called, problems);
  }

  /** Where it stands, for somebody who reads {@code other}: the line, and the file if another. */
  String placeFrom(Value other) {
    return file.equals(other.file) ? "line " + line() : file + ":" + line();
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Nothing written after the key. */
  public boolean isNothing() {
    return node instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank());
  }

  public Optional<String> text() {
    Optional<String> raw = raw();
    if (raw.isEmpty()) {
      wanted("text");
    }
    return raw;
  }

  /** The scalar as it is written; empty for nothing, lists and mappings. */
  public Optional<String> raw() {
    return node instanceof ScalarNode scalar && !isNothing()
        ? Optional.of(scalar.getValue().strip())
        : Optional.empty();
  }

  /** Finite and decimal. */
  public OptionalDouble number() {
    Optional<String> raw = raw();
    if (raw.isPresent() && isPlain() && DECIMAL.matcher(raw.get()).matches()) {
      double number = Double.parseDouble(raw.get());
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
    }
    wanted("a number");
    return OptionalDouble.empty();
  }

  private boolean isPlain() {
    return node instanceof ScalarNode scalar && scalar.isPlain();
  }

  public Optional<Boolean> flag() {
    Optional<String> raw = raw().filter(text -> text.equals("true") || text.equals("false"));
    if (raw.isEmpty()) {
      wanted("true or false");
    }
    return raw.map(Boolean::parseBoolean);
  }

  Optional<Duration> duration() {
    Optional<String> raw = raw();
    Optional<Duration> duration = raw.flatMap(Durations::parse);
    if (duration.isEmpty()) {
      if (raw.isPresent() && raw.get().startsWith("-")) {
        error("'" + name + "' is a duration, which cannot be negative: " + raw.get());
      } else if (raw.isPresent() && DECIMAL.matcher(raw.get()).matches()) {
        error(
            "'"
                + name
                + "' is a duration and needs a unit: "
                + raw.get()
                + "s or "
                + raw.get()
                + "m?");
      } else {
        wanted("a duration such as 90s, 15m or 1h30m");
      }
    }
    return duration;
  }

  /** As {@link #duration}, but longer than nothing. */
  public Optional<Duration> positiveDuration() {
    Optional<Duration> duration = duration();
    if (duration.isPresent() && duration.get().isZero()) {
      error("'" + name + "' must be longer than 0s");
      return Optional.empty();
    }
    return duration;
  }

  /** One of {@code known} by its id; {@code kind} is what it is called: {@code level}. */
  public <T> Optional<T> word(String kind, Collection<T> known, Function<T, String> id) {
    Optional<String> raw = text();
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    Map<String, T> byId = new LinkedHashMap<>();
    known.forEach(one -> byId.put(id.apply(one), one));
    T found = byId.get(raw.get());
    if (found == null) {
      error(unknown(kind, raw.get(), byId.keySet()));
    }
    return Optional.ofNullable(found);
  }

  public Optional<String> word(String kind, Collection<String> known) {
    return word(kind, known, Function.identity());
  }

  /** What to say of a word that is not among {@code known}. */
  public static String unknown(String kind, String word, Collection<String> known) {
    String suggestion = NearestWord.suggestion(word, known);
    if (suggestion.isEmpty() && !known.isEmpty() && known.size() <= 25) {
      suggestion = "; known: " + String.join(", ", known);
    }
    return "unknown " + kind + " '" + word + "'" + suggestion;
  }

  /** A number as a person writes it. */
  static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  /** Each item of a list, empty (with a problem) where it is none. */
  public List<Value> items() {
    if (!(node instanceof SequenceNode sequence)) {
      wanted("a list");
      return List.of();
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Value(file, item, name, problems));
    }
    return items;
  }

  /** A list of words; one word alone counts as a list of it. Each may stand once. */
  public <T> List<T> words(String kind, Collection<T> known, Function<T, String> id) {
    List<T> words = new ArrayList<>();
    for (Value item : isList() ? items() : List.of(this)) {
      Optional<T> word = item.word(kind, known, id);
      if (word.isPresent() && words.contains(word.get())) {
        item.error("'" + id.apply(word.get()) + "' stands here twice");
      } else {
        word.ifPresent(words::add);
      }
    }
    return words;
  }

  /** Empty (with a problem) unless it is a mapping. */
  public Optional<Section> section() {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new Section(this, mapping));
    }
    wanted("a mapping of keys to values");
    return Optional.empty();
  }

  /** {@code {zh: …, en: …}}, or one text for both. */
  Optional<Text> bilingual() {
    if (!isMapping()) {
      return lines().map(Text::same);
    }
    Section section = section().orElseThrow();
    String zh = section.take("zh").flatMap(Value::lines).orElse(null);
    String en = section.take("en").flatMap(Value::lines).orElse(null);
    section.finish();
    if (zh == null && en == null) {
      return Optional.empty();
    }
    return Optional.of(new Text(zh, en));
  }

  /** Text, or a list of texts as one line each. */
  private Optional<String> lines() {
    if (!isList()) {
      return text();
    }
    List<String> lines = new ArrayList<>();
    items().forEach(item -> item.text().ifPresent(lines::add));
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  private void wanted(String what) {
    String found;
    if (isNothing()) {
      found = "nothing";
    } else if (isMapping()) {
      found = "a mapping";
    } else if (isList()) {
      found = "a list";
    } else {
      found = "'" + raw().orElse("") + "'";
    }
    error(
        (name.equals("the file") ? name : "'" + name + "'")
            + " must be "
            + what
            + ", not "
            + found);
  }
}
