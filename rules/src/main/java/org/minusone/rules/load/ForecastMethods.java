package org.minusone.rules.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Quantity;
import org.minusone.rules.forecast.Forecasters;

/** The forecasters a rule may name (CONTRACTS §4), and what holds where it names none. */
public final class ForecastMethods {
  /** Words that are understood; not all of them need to be at work in this version. */
  public static final List<String> KNOWN =
      List.of(
          "static",
          "linear",
          "holt",
          "damped-holt",
          "gated-damped-holt",
          "three-trends",
          "t-squared",
          "kalman");

  /** What is at work unless the caller says otherwise. */
  public static final Set<String> LIVE = Set.copyOf(Forecasters.names());

  /** D: long enough to send somebody within a subdistrict. */
  static final Duration DEFAULT_HORIZON = Duration.ofMinutes(15);

  private ForecastMethods() {}

  /** Of a rule that names none (CONTRACTS §4). */
  static String usual(Optional<Quantity> quantity) {
    return quantity.map(Forecasters::usual).orElse("static");
  }
}
