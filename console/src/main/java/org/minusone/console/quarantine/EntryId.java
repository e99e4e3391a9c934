package org.minusone.console.quarantine;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an entry is named: partition and offset on the topic {@code rejected}, {@code 0-1234}. */
public final class EntryId {
  private static final Pattern FORM = Pattern.compile("(?:0-)?(\\d{1,18})");

  private EntryId() {}

  public static String of(long offset) {
    return "0-" + offset;
  }

  /** Its offset; the partition may be left out. Empty when it is no id. */
  public static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
