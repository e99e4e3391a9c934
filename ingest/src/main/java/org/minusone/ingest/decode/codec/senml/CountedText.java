package org.minusone.ingest.decode.codec.senml;

/**
 * Text that may be looked at so often and no more: an expression that tries every way to match, as
 * {@code (a+)+$} does, is stopped instead of holding up the input. Counts, so that the same text
 * always has the same end.
 */
final class CountedText implements CharSequence {
  /** Looks left for all texts of one message; an ordinary match takes two or three a character. */
  static final class Looks {
    private int left;

    Looks(int left) {
      this.left = left;
    }
  }

  /** The looks are used up. */
  static final class UsedUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsedUp() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private final Looks message;
  private int left;

  CountedText(String text, int most, Looks message) {
    this.text = text;
    this.left = most;
    this.message = message;
  }

  @Override
  public char charAt(int index) {
    if (--left < 0 || --message.left < 0) {
      throw new UsedUp();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
