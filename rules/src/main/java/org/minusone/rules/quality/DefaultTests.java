package org.minusone.rules.quality;

import java.time.Duration;
import org.minusone.model.Family;
import org.minusone.model.QualityTests;
import org.minusone.model.QualityTests.FlatLine;
import org.minusone.model.QualityTests.Gap;
import org.minusone.model.QualityTests.RateOfChange;
import org.minusone.model.QualityTests.Span;
import org.minusone.model.QualityTests.Spike;
import org.minusone.model.QualityTests.SpikeMethod;
import org.minusone.model.Quantity;

/**
 * The tests of a quantity that no rule of the site gives any. All numbers are our own defaults (D):
 * QARTOD leaves them to the operator. They are wide, for what fails is not believed; what only is
 * unusual is suspect, which changes nothing but the flag.
 *
 * <ul>
 *   <li>Gap: suspect after three of the family's slowest periods, as for silence.
 *   <li>Spike: the differential form, since a step is no spike.
 *   <li>Rate: suspect only. A fast rise is what we are here for.
 *   <li>Flat line: not where the quantity may stand still for days (a hydrant's pressure, a tank, a
 *       chamber that reports every four hours); a dry street and clean air rest at zero.
 *   <li>Attenuated signal: none. It keeps a period of readings of each sensor; ask for it by name.
 *   <li>Gross range: the quantity's own, which ingest applies.
 * </ul>
 */
public final class DefaultTests {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private DefaultTests() {}

  public static QualityTests of(Family family, Quantity quantity) {
    return new QualityTests(
        null,
        spike(quantity),
        rate(family, quantity),
        flatLine(family, quantity),
        null,
        quantity.isWord() ? null : new Gap(family.silentAfter(), null));
  }

  private static Spike spike(Quantity quantity) {
    return switch (quantity) {
      case DEPTH -> spike(5, 15.0);
      case TEMPERATURE -> spike(3, 10.0);
      case HUMIDITY -> spike(10, 30.0);
      case PRESSURE -> spike(.1, .3);
      case LEVEL -> spike(5, 20.0);
      case VOLTAGE -> spike(15, null);
      case RESIDUAL_CURRENT, CURRENT, LOAD, ARC, GAS, OBSCURATION, BATTERY -> null;
      case PUMP_MODE, STATE -> null;
    };
  }

  private static Spike spike(double suspect, Double fail) {
    return new Spike(suspect, fail, SpikeMethod.DIFFERENTIAL);
  }

  private static RateOfChange rate(Family family, Quantity quantity) {
    return switch (quantity) {
      case DEPTH -> rate(5);
      case TEMPERATURE -> rate(family == Family.SMOKE ? 4 : 3);
      case HUMIDITY -> rate(10);
      case GAS -> rate(10);
      case OBSCURATION -> rate(.5);
      case PRESSURE -> rate(.1);
      case LEVEL -> rate(5);
      case RESIDUAL_CURRENT, VOLTAGE, CURRENT, LOAD, ARC, BATTERY -> null;
      case PUMP_MODE, STATE -> null;
    };
  }

  private static RateOfChange rate(double suspect) {
    return new RateOfChange(suspect, null, MINUTE);
  }

  private static FlatLine flatLine(Family family, Quantity quantity) {
    if (family == Family.SMOKE) {
      return null;
    }
    return switch (quantity) {
      case DEPTH -> flat(2, 6, .05, new Span(-1, 1));
      case TEMPERATURE -> flat(12, 48, .05, null);
      case HUMIDITY -> flat(12, 48, .05, null);
      case VOLTAGE -> flat(6, 24, .05, null);
      case GAS -> flat(6, 24, .05, new Span(-1, 1));
      case RESIDUAL_CURRENT -> flat(12, 48, .05, new Span(0, 1));
      case CURRENT, LOAD, ARC, PRESSURE, LEVEL, OBSCURATION, BATTERY -> null;
      case PUMP_MODE, STATE -> null;
    };
  }

  private static FlatLine flat(int suspectH, int failH, double tolerance, Span resting) {
    return new FlatLine(Duration.ofHours(suspectH), Duration.ofHours(failH), tolerance, resting);
  }
}
