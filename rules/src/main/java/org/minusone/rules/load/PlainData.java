package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A part of a file whose keys somebody else knows, as text, numbers, flags, lists and maps: the
 * types that JSON has, so that it stays the same on its way through a topic. Keys are the text that
 * was written; what has no value is left out.
 */
final class PlainData {
  /** Deeper ones are written by nobody; an anchor that contains itself has no end. */
  private static final int DEEPEST = 20;

  private PlainData() {}

  /** Empty, with a problem, unless {@code value} is a mapping. */
  static Map<String, Object> of(Value value) {
    return map(value, 0);
  }

  private static Map<String, Object> map(Value value, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    Optional<Section> section = value.section();
    for (Section.Entry entry : section.map(Section::entries).orElse(List.of())) {
      Object data = data(entry.value(), depth + 1);
      if (data != null) {
        map.put(entry.value().name(), data);
      }
    }
    return map;
  }

  private static Object data(Value value, int depth) {
    if (depth > DEEPEST) {
      value.error("nested more than " + DEEPEST + " deep");
      return null;
    }
    if (value.isMapping()) {
      return map(value, depth);
    }
    if (value.isList()) {
      List<Object> list = new ArrayList<>();
      for (Value item : value.items()) {
        Object data = data(item, depth + 1);
        if (data != null) {
          list.add(data);
        }
      }
      return list;
    }
    return scalar((ScalarNode) value.node());
  }

  private static Object scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.parseBoolean(text);
    }
    if (tag.equals(Tag.INT) && text.matches("[-+]?\\d{1,18}")) {
      long number = Long.parseLong(text);
      // As JSON is read back: the smaller type where it fits.
      return (int) number == number ? (Object) (int) number : (Object) number;
    }
    if ((tag.equals(Tag.FLOAT) || tag.equals(Tag.INT)) && text.matches("[-+.eE0-9]+")) {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? (Object) number : text;
    }
    return text;
  }
}
