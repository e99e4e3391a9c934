package org.minusone.app.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;

/**
 * Lines for {@code sensors/*.yaml} that register sensors nobody registered. What only a person at
 * the place knows stands there in capitals; {@code site check} stops at each that was left. Pure.
 */
public final class AdoptionLines {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
  private static final Pattern A_WORD_OF_YAML =
      Pattern.compile("(?i)null|true|false|yes|no|on|off");

  private final String community;
  private final String hazardClass;

  /**
   * @param community where they hang; null = to be filled in
   * @param hazardClass of what is stored there; null = to be filled in
   */
  public AdoptionLines(String community, String hazardClass) {
    this.community = community == null ? "COMMUNITY" : community;
    this.hazardClass = hazardClass == null ? "HAZARD_CLASS" : hazardClass;
  }

  /** File by file: a comment that says which, then its lines. */
  public List<String> of(List<UnknownSensor> sensors) {
    Map<String, List<UnknownSensor>> byFile = new TreeMap<>();
    sensors.stream()
        .sorted(Comparator.comparing(UnknownSensor::name))
        .forEach(
            one -> byFile.computeIfAbsent(file(one.family()), f -> new ArrayList<>()).add(one));
    List<String> lines = new ArrayList<>();
    byFile.forEach(
        (file, of) -> {
          lines.add("# under 'sensors:' of " + file);
          of.forEach(one -> lines.add(line(one)));
        });
    return lines;
  }

  private static String file(Family family) {
    return family == null
        ? "the family's file: topics do not name it"
        : "sensors/" + family.id() + ".yaml";
  }

  private String line(UnknownSensor one) {
    boolean isId = SensorId.isValid(one.name());
    List<String> parts = new ArrayList<>();
    parts.add("id: " + (isId ? plain(one.name()) : "NEW_ID"));
    if (!isId) {
      parts.add("aliases: [" + quoted(one.name()) + "]");
    }
    parts.add("community: " + community);
    parts.add("x: 0");
    parts.add("y: 0");
    if (one.family() == Family.HAZMAT_STORAGE) {
      parts.add("hazard_class: " + hazardClass);
    }
    if (one.family() != null) {
      parts.add(
          one.family().quantities().stream()
              .map(Quantity::id)
              .collect(Collectors.joining(", ", "quantities: [", "]")));
    }
    parts.add("name: {zh: %1$s, en: %1$s}".formatted(quoted(one.name())));
    if (one.gateway() != null) {
      parts.add("gateway: " + plain(one.gateway()));
    }
    return "  - {" + String.join(", ", parts) + "}";
  }

  private static String plain(String id) {
    boolean asItIs = PLAIN.matcher(id).matches() && !A_WORD_OF_YAML.matcher(id).matches();
    return asItIs ? id : quoted(id);
  }

  private static String quoted(String name) {
    return '"' + name.replaceAll("\\p{Cntrl}", "?").replaceAll("([\"\\\\])", "\\\\$1") + '"';
  }
}
