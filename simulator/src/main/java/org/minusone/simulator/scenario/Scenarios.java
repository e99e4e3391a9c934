package org.minusone.simulator.scenario;

import java.util.Comparator;
import java.util.List;

/** The scenarios by the names the command line knows. */
public final class Scenarios {
  /** All of them, the most used first. */
  public static final List<String> NAMES = List.of(DemoStory.NAME, Crossings.NAME, Load.NAME);

  private Scenarios() {}

  /**
   * What may be asked of a scenario.
   *
   * @param rate {@code crossings}: a minute; {@code load}: messages a second; 0 = the scenario's
   *     usual one (100 a minute, 1000 a second); not read by {@code demo}
   * @param sensors at most so many take part; 0 = as many as there are; not read by {@code demo}
   */
  public record Options(double rate, int sensors) {
    public static final Options NONE = new Options(0, 0);

    double rateOr(double usual) {
      return rate == 0 ? usual : rate;
    }
  }

  /**
   * The scenario of that name.
   *
   * @throws IllegalArgumentException for an unknown name, with the nearest known one, or a rate
   *     that the site has too few sensors for
   */
  public static Scenario byName(String name, Setting setting, Options options) {
    return switch (name) {
      case DemoStory.NAME -> new DemoStory(setting);
      case Crossings.NAME -> new Crossings(setting, options.rateOr(100), options.sensors());
      case Load.NAME -> new Load(setting, options.rateOr(1000), options.sensors());
      default ->
          throw new IllegalArgumentException(
              "no scenario '%s'; did you mean '%s'? There are: %s"
                  .formatted(name, nearest(name), String.join(", ", NAMES)));
    };
  }

  public static Scenario byName(String name, Setting setting) {
    return byName(name, setting, Options.NONE);
  }

  private static String nearest(String name) {
    return NAMES.stream().min(Comparator.comparingInt(n -> distance(n, name))).orElseThrow();
  }

  /** Levenshtein. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
