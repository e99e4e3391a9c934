package org.minusone.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which payload format is spoken on which topics of a site. The first that matches counts; without
 * one it is ThingsBoard's JSON.
 *
 * @param filter an MQTT topic filter: under {@code sites/{site}/}, or of another tree ({@code
 *     spBv1.0/Fubao/#}), which ingest then subscribes to
 * @param codec its name ({@code senml-cbor})
 * @param quantities what the sender calls a quantity → ours; names that are not there are taken as
 *     they are
 * @param units quantity → the unit the sender uses where neither payload nor registry says one
 * @param ignore names the sender sends that are none of our quantities, on purpose ({@code rssi})
 * @param options the codec's own
 */
public record CodecChoice(
    String filter,
    String codec,
    Map<String, Quantity> quantities,
    Map<Quantity, String> units,
    Set<String> ignore,
    Map<String, Object> options) {
  public CodecChoice {
    quantities = quantities == null ? Map.of() : Map.copyOf(quantities);
    units = units == null ? Map.of() : Map.copyOf(units);
    // In order: what is written must be the same each time.
    ignore = ignore == null ? Set.of() : Collections.unmodifiableSortedSet(new TreeSet<>(ignore));
    options =
        options == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** A format and where it is spoken, with nothing said about names and units. */
  public static CodecChoice of(String filter, String codec) {
    return new CodecChoice(filter, codec, Map.of(), Map.of(), Set.of(), Map.of());
  }
}
