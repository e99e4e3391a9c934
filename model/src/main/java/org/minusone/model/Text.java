package org.minusone.model;

/** The same words in Chinese and English; either may be null, then the other is shown. */
public record Text(String zh, String en) {
  public static Text same(String text) {
    return new Text(text, text);
  }
}
