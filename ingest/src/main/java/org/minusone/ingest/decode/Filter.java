package org.minusone.ingest.decode;

/** An MQTT topic filter, taken apart once to be matched often. */
final class Filter {
  private final String[] levels;

  Filter(String filter) {
    this.levels = filter.split("/", -1);
  }

  /**
   * Whether a message on that topic is meant (MQTT 5, 4.7): {@code +} is any one level, {@code #}
   * at the end all that remain and none.
   */
  boolean matches(String[] topic) {
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].equals("#")) {
        return i > 0 || !topic[0].startsWith("$");
      }
      if (i == topic.length || !isMet(levels[i], topic[i], i)) {
        return false;
      }
    }
    return levels.length == topic.length;
  }

  private static boolean isMet(String wanted, String level, int position) {
    return wanted.equals("+") ? position > 0 || !level.startsWith("$") : wanted.equals(level);
  }
}
