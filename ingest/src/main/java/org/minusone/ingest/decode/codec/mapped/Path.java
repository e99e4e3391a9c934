package org.minusone.ingest.decode.codec.mapped;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.ingest.decode.codec.Options;

/**
 * Where something stands, seen from an entry: a JSON pointer (RFC 6901) with what it starts from.
 *
 * <pre>
 * /data/t     from the entry
 * (empty)     the entry itself
 * ^/time      from the root of the message
 * 2/id        from what the entry is in, two levels up (as in Relative JSON Pointer)
 * 0#          the entry's own key, or its index in an array; 1# that of what it is in
 * </pre>
 */
final class Path {
  private static final Pattern FORM =
      Pattern.compile("(\\^|\\d{1,2})?(#|(?:/.*)?)", Pattern.DOTALL);
  private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
  private static final int FROM_ROOT = -1;

  private final String text;
  private final int up;
  private final boolean key;
  private final JsonPointer pointer;

  private Path(String text, int up, boolean key, JsonPointer pointer) {
    this.text = text;
    this.up = up;
    this.key = key;
    this.pointer = pointer;
  }

  /**
   * The path in an option; null where there is none.
   *
   * @param depth how many levels below the root the entries are
   * @throws IllegalArgumentException if it is no path
   */
  static Path of(Options options, String option, int depth) {
    String text = options.text(option);
    if (text == null) {
      return null;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches() || (text.endsWith("#") && "^".equals(form.group(1))) || text.equals("#")) {
      throw options.wrong(
          option,
          "a path starts with / (from the entry), ^/ (from the root) or 1/ (one level up), this is "
              + text
              + (text.matches("\\w[\\w/-]*") ? ", did you mean '/" + text + "'?" : ""));
    }
    String rest = form.group(2);
    checkPointer(options, option, rest);
    if (("/" + rest + "/").contains("/*/")) {
      throw options.wrong(option, "only each may have a *, this is " + text);
    }
    String from = form.group(1);
    int up = from == null ? 0 : from.equals("^") ? FROM_ROOT : Integer.parseInt(from);
    boolean key = rest.equals("#");
    if (up > depth || (key && up == depth)) {
      throw options.wrong(
          option,
          text
              + (key ? " is the key of something " : " is ")
              + up
              + " levels up, and the entries are "
              + depth
              + " below the root");
    }
    return new Path(text, up, key, key ? null : JsonPointer.compile(rest));
  }

  static void checkPointer(Options options, String option, String pointer) {
    if (BAD_ESCAPE.matcher(pointer).find()) {
      throw options.wrong(
          option, "in a JSON pointer ~ is written ~0 and a / in a name ~1, this is " + pointer);
    }
  }

  /** What stands there; a missing node for nothing. */
  JsonNode find(Place entry) {
    if (up == FROM_ROOT) {
      Place place = entry;
      while (place.parent() != null) {
        place = place.parent();
      }
      return place.node().at(pointer);
    }
    Place from = entry.up(up);
    if (key) {
      return from.key() == null ? MissingNode.getInstance() : TextNode.valueOf(from.key());
    }
    return from.node().at(pointer);
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "the entry itself" : text;
  }
}
