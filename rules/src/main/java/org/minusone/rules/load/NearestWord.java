package org.minusone.rules.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody meant. Pure. */
public final class NearestWord {
  /** Letters that two words must begin with to be taken for each other. D. */
  private static final int STEM = 4;

  private NearestWord() {}

  /**
   * The known word with the fewest typing slips (a letter missing, added, wrong or swapped with its
   * neighbour) from {@code word}, if it is near enough to be meant: a third of its letters, at
   * least one. Case and {@code _ - .} and spaces count for nothing. Of two equally near, the first
   * in alphabetical order. Else the one that it begins with, or that begins with it: {@code
   * warning} for {@code warn}.
   */
  public static Optional<String> of(String word, Collection<String> known) {
    String typed = fold(word);
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      String folded = fold(candidate);
      int near = Math.max(1, Math.max(typed.length(), folded.length()) / 3);
      if (Math.abs(typed.length() - folded.length()) > near) {
        continue;
      }
      int slips = slips(typed, folded);
      if (slips <= near
          && slips < Math.max(typed.length(), folded.length())
          && (slips < least || (slips == least && candidate.compareTo(best) < 0))) {
        best = candidate;
        least = slips;
      }
    }
    return best == null ? beginning(typed, known) : Optional.of(best);
  }

  private static Optional<String> beginning(String typed, Collection<String> known) {
    return known.stream()
        .filter(candidate -> Math.min(fold(candidate).length(), typed.length()) >= STEM)
        .filter(one -> typed.startsWith(fold(one)) || fold(one).startsWith(typed))
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.reverseOrder()));
  }

  /** {@code ", did you mean 'quantity'?"}, or nothing where no known word is near. */
  public static String suggestion(String word, Collection<String> known) {
    return of(word, known).map(near -> ", did you mean '" + near + "'?").orElse("");
  }

  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /** Optimal string alignment distance. */
  private static int slips(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
