package org.minusone.console.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far the topic {@code alerts} was read: per partition the offset of the last record, -1 before
 * the first. As text {@code 123}, with more partitions {@code 123.45.-1}; the id of an event on the
 * stream.
 */
public record Position(List<Long> offsets) {
  private static final Pattern FORM = Pattern.compile("(-1|\\d{1,18})(\\.(-1|\\d{1,18})){0,255}");

  /** Before everything, of one partition. */
  public static final Position START = new Position(List.of(-1L));

  public Position {
    offsets = List.copyOf(offsets);
  }

  /** Empty for a text that is no position. */
  public static Optional<Position> parse(String text) {
    if (text == null || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    List<Long> offsets = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      offsets.add(Long.parseLong(part));
    }
    return Optional.of(new Position(offsets));
  }

  long offset(int partition) {
    return partition < offsets.size() ? offsets.get(partition) : -1;
  }

  /** Whether the record at {@code offset} lies before or at it. */
  boolean covers(int partition, long offset) {
    return offset <= offset(partition);
  }

  Position with(int partition, long offset) {
    List<Long> next = new ArrayList<>(offsets);
    while (next.size() <= partition) {
      next.add(-1L);
    }
    next.set(partition, Math.max(offset, next.get(partition)));
    return new Position(next);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (long offset : offsets) {
      text.append(text.isEmpty() ? "" : ".").append(offset);
    }
    return text.toString();
  }
}
