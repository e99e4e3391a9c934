package org.minusone.ingest.mqtt;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** MQTT topic filters: what they match, and which of them say nothing new. */
public final class TopicFilter {
  private TopicFilter() {}

  /** Whether a message on {@code topic} is delivered to {@code filter}. */
  public static boolean matches(String filter, String topic) {
    return covers(filter, topic) && !(topic.startsWith("$") && isWild(filter.charAt(0)));
  }

  /** Whether {@code wide} matches every topic that {@code narrow}, a filter or topic, matches. */
  public static boolean covers(String wide, String narrow) {
    int w = 0;
    int n = 0;
    while (true) {
      int wideEnd = end(wide, w);
      if (wideEnd - w == 1 && wide.charAt(w) == '#') {
        return true;
      }
      int narrowEnd = end(narrow, n);
      boolean any = wideEnd - w == 1 && wide.charAt(w) == '+';
      boolean all = narrowEnd - n == 1 && narrow.charAt(n) == '#';
      if (all || !(any || wide.regionMatches(w, narrow, n, Math.max(wideEnd - w, narrowEnd - n)))) {
        return false;
      }
      if (narrowEnd == narrow.length()) {
        // "a/#" matches "a" too.
        return wideEnd == wide.length() || wide.substring(wideEnd).equals("/#");
      }
      if (wideEnd == wide.length()) {
        return false;
      }
      w = wideEnd + 1;
      n = narrowEnd + 1;
    }
  }

  /** Without those that another covers: a broker may deliver twice to overlapping ones. */
  public static Set<String> leastOf(Collection<String> filters) {
    Set<String> least = new TreeSet<>(filters);
    least.removeIf(
        one -> filters.stream().anyMatch(other -> !other.equals(one) && covers(other, one)));
    return least;
  }

  /** Whether it can be subscribed to: wildcards are whole levels, {@code #} the last. */
  public static boolean isValid(String filter) {
    if (filter.isEmpty() || filter.indexOf('\0') >= 0) {
      return false;
    }
    for (int at = 0; at <= filter.length(); at = end(filter, at) + 1) {
      String level = filter.substring(at, end(filter, at));
      boolean wild = level.indexOf('#') >= 0 || level.indexOf('+') >= 0;
      if (wild
          && (level.length() > 1 || (level.equals("#") && end(filter, at) < filter.length()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWild(char first) {
    return first == '+' || first == '#';
  }

  private static int end(String text, int from) {
    int slash = text.indexOf('/', from);
    return slash < 0 ? text.length() : slash;
  }
}
