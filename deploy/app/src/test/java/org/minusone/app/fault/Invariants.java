package org.minusone.app.fault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Named claims, all of which are looked at; those that do not hold are told together. */
final class Invariants {
  private static final int FIRST = 10;

  private final List<String> broken = new ArrayList<>();

  /**
   * @param against what speaks against it; the first of them are shown
   */
  void none(String name, Collection<?> against) {
    claim(
        name,
        against.isEmpty(),
        "%d against it, the first: %s"
            .formatted(
                against.size(),
                against.stream().map(String::valueOf).sorted().limit(FIRST).toList()));
  }

  void claim(String name, boolean holds, String otherwise) {
    System.out.printf(
        "  %-6s %s%s%n", holds ? "holds" : "BROKEN", name, holds ? "" : ": " + otherwise);
    if (!holds) {
      broken.add(name + ": " + otherwise);
    }
  }

  /**
   * @throws AssertionError with everything it takes to see it again, if a claim is broken
   */
  void verify(long seed, Timeline timeline) {
    if (!broken.isEmpty()) {
      throw new AssertionError(
          "seed %d%n%s%ntimeline:%n%s"
              .formatted(seed, String.join(System.lineSeparator(), broken), timeline));
    }
  }
}
