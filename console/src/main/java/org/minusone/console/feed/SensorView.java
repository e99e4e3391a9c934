package org.minusone.console.feed;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.minusone.model.Family;
import org.minusone.model.Place;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.Text;

/**
 * A sensor as the pages show it.
 *
 * @param place null for a sensor of a run that the registry does not know
 * @param lastArrival by the wall clock; null while never seen
 * @param alert the id of its worst open alert; null without one
 * @param provisional whether it is taken in though nobody registered it
 */
public record SensorView(
    SensorId id,
    Family family,
    Text name,
    Place place,
    String hazardClass,
    SensorState state,
    Instant lastArrival,
    String alert,
    boolean provisional,
    List<Value> quantities) {

  /**
   * @param value null for a word, or before the first
   * @param flag null before the first value
   * @param margin distance to the nearest limit not yet reached, in the unit; null where there is
   *     none
   * @param marginShare {@code margin} over the limit's size, or over half of the band between two
   */
  public record Value(
      Quantity quantity,
      String unit,
      Double value,
      String word,
      Instant time,
      QualityFlag flag,
      List<Limits.View> limits,
      Double margin,
      Double marginShare) {}

  /** The smallest share left of any quantity. */
  @JsonIgnore
  public OptionalDouble nearest() {
    return quantities.stream()
        .filter(value -> value.marginShare() != null)
        .mapToDouble(Value::marginShare)
        .min();
  }

  /** Whether its id, name or place holds {@code text}, upper and lower case alike. */
  public boolean matches(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return has(id.value(), wanted)
        || has(name, wanted)
        || (place != null && (has(place.community(), wanted) || has(place.building(), wanted)));
  }

  private static boolean has(Text text, String wanted) {
    return text != null && (has(text.zh(), wanted) || has(text.en(), wanted));
  }

  private static boolean has(String text, String wanted) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
