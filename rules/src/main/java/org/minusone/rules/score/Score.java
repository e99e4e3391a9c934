package org.minusone.rules.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The answer. Shares are {@code NaN} where there is nothing to divide by.
 *
 * @param crossings the events, each with its true warning or none
 * @param falseWarnings those that did not come true
 * @param undecided how many were open where their series ended
 * @param spanS seconds of readings, gaps left out
 * @param calmS seconds of it inside the limit
 * @param warnedS seconds of those that were spent forewarned
 */
public record Score(
    List<Crossing> crossings,
    List<FalseWarning> falseWarnings,
    int undecided,
    double spanS,
    double calmS,
    double warnedS) {
  public static final Score NOTHING = new Score(List.of(), List.of(), 0, 0, 0, 0);

  private static final double DAY_S = 86_400;

  public Score {
    crossings = List.copyOf(crossings);
    falseWarnings = List.copyOf(falseWarnings);
  }

  /** Both, taken together. */
  public Score plus(Score other) {
    List<Crossing> all = new ArrayList<>(crossings);
    all.addAll(other.crossings);
    List<FalseWarning> wrong = new ArrayList<>(falseWarnings);
    wrong.addAll(other.falseWarnings);
    return new Score(
        all,
        wrong,
        undecided + other.undecided,
        spanS + other.spanS,
        calmS + other.calmS,
        warnedS + other.warnedS);
  }

  public int events() {
    return crossings.size();
  }

  /** How many crossings were foreseen: as many as true warnings. */
  public int foreseen() {
    return (int) crossings.stream().filter(Crossing::isForeseen).count();
  }

  public List<Crossing> missed() {
    return crossings.stream().filter(c -> !c.isForeseen()).toList();
  }

  /** Share of the crossings that were foreseen. */
  public double recall() {
    return share(foreseen(), events());
  }

  /** Share of the decided warnings that came true. */
  public double precision() {
    return share(foreseen(), foreseen() + falseWarnings.size());
  }

  /** Of the true warnings, seconds, the shortest first. */
  public List<Double> leadsS() {
    return crossings.stream().filter(Crossing::isForeseen).map(Crossing::leadS).sorted().toList();
  }

  public double leadMedianS() {
    List<Double> leads = leadsS();
    int n = leads.size();
    if (n == 0) {
      return Double.NaN;
    }
    return n % 2 == 1 ? leads.get(n / 2) : (leads.get(n / 2 - 1) + leads.get(n / 2)) / 2;
  }

  /** The lead that nine in ten exceed. */
  public double leadP10S() {
    List<Double> leads = leadsS();
    return leads.isEmpty() ? Double.NaN : leads.get(leads.size() / 10);
  }

  public double falsePerSensorDay() {
    return share(falseWarnings.size(), spanS / DAY_S);
  }

  /** A rule that never withdraws shows here. */
  public double warnedShare() {
    return share(warnedS, calmS);
  }

  /** How many true warnings gave an interval. */
  public int intervals() {
    return (int)
        crossings.stream().filter(c -> c.isForeseen() && c.warning().hasInterval()).count();
  }

  /** How many of those intervals held the crossing. */
  public int intervalsHeld() {
    return (int)
        crossings.stream()
            .filter(
                c -> c.isForeseen() && c.warning().hasInterval() && c.warning().holds(c.leadS()))
            .count();
  }

  public double intervalCoverage() {
    return share(intervalsHeld(), intervals());
  }

  /** Median of high end by low end, of the true warnings; infinite where a low end is 0. */
  public double intervalRatioMedian() {
    List<Double> ratios =
        crossings.stream()
            .filter(c -> c.isForeseen() && c.warning().hasInterval())
            .map(c -> c.warning().etaHighS() / c.warning().etaLowS())
            .sorted()
            .toList();
    return ratios.isEmpty() ? Double.NaN : ratios.get(ratios.size() / 2);
  }

  private static double share(double part, double whole) {
    return whole == 0 ? Double.NaN : part / whole;
  }
}
