package org.minusone.console.quarantine;

import java.time.Instant;
import java.util.Locale;

/**
 * Which entries somebody asks for; null = any.
 *
 * @param site the site or run; empty for those whose topic names none
 * @param reason its id
 * @param topic how the topic begins
 * @param text somewhere in topic, detail or client, upper and lower case alike
 * @param from arrived then or later
 * @param to arrived before
 */
public record Wanted(
    String site, String reason, String topic, String text, Instant from, Instant to, State state) {

  /** Whether it was tried again. */
  public enum State {
    /** Not yet, or it could not be. */
    OPEN,
    RETRIED,
    ALL
  }

  /** Whether the index alone can tell. */
  boolean isOfIndex() {
    return topic == null && text == null && from == null && to == null;
  }

  boolean matches(Item item) {
    return (site == null || site.equals(item.site()))
        && (reason == null || reason.equals(item.reason()))
        && (topic == null || (item.topic() != null && item.topic().startsWith(topic)))
        && (text == null || has(item.topic()) || has(item.detail()) || has(item.client()))
        && (from == null || !item.at().isBefore(from))
        && (to == null || item.at().isBefore(to));
  }

  private boolean has(String field) {
    return field != null && field.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
