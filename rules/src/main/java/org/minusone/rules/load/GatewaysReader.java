package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.model.Gateway;
import org.minusone.model.PasswordHash;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.Text;

/** {@code gateways.yaml}: who may publish, how it proves who it is, and how fast. */
final class GatewaysReader {
  private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*/\\s*(s|min)");

  private final SiteId site;
  private final Map<String, Gateway> gateways = new LinkedHashMap<>();
  private final Map<String, Value> seen = new HashMap<>();

  /**
   * @param site null where the site's own file gives none
   */
  GatewaysReader(SiteId site) {
    this.site = site;
  }

  Map<String, Gateway> gateways() {
    return gateways;
  }

  void read(Value root) {
    Optional<Section> top = root.section();
    if (top.isEmpty()) {
      return;
    }
    top.get().require("gateways").ifPresent(list -> list.items().forEach(this::gateway));
    top.get().finish();
  }

  private void gateway(Value item) {
    Optional<Section> read = item.as("gateway").section();
    if (read.isEmpty()) {
      return;
    }
    Section section = read.get();
    Optional<String> id = section.require("id").flatMap(this::id);
    Optional<Text> name = section.take("name").flatMap(Value::bilingual);
    Optional<String> hash = section.take("password").flatMap(GatewaysReader::hash);
    Optional<String> certificate =
        section.take("certificate").flatMap(value -> once(value, "certificate"));
    double rate = section.take("rate").flatMap(GatewaysReader::rate).orElse(0.0);
    List<String> topics = new ArrayList<>();
    section.take("topics").ifPresent(value -> topics(value, topics));
    section.finish();
    id.ifPresent(
        i ->
            gateways.put(
                i,
                new Gateway(
                    i,
                    name.orElse(Text.same(i)),
                    hash.orElse(null),
                    certificate.orElse(null),
                    rate,
                    topics)));
  }

  private Optional<String> id(Value value) {
    Optional<String> id = value.text();
    if (id.isPresent() && !SensorId.isValid(id.get())) {
      value.error("'" + id.get() + "' is no gateway id: A-Z, a-z, 0-9, '.', '_', '-', at most 64");
      return Optional.empty();
    }
    return id.isEmpty() ? id : once(value, "gateway");
  }

  private Optional<String> once(Value value, String kind) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return text;
    }
    Value first = seen.putIfAbsent(kind + " " + text.get(), value);
    if (first != null) {
      value.error(
          "duplicate " + kind + " '" + text.get() + "', first at " + first.placeFrom(value));
      return Optional.empty();
    }
    return text;
  }

  /** The problem does not repeat what stands there: it may be the password. */
  private static Optional<String> hash(Value value) {
    Optional<String> text = value.raw();
    if (text.isPresent() && PasswordHash.parse(text.get()).isPresent()) {
      return text;
    }
    value.error(
        text.isPresent() && text.get().startsWith("pbkdf2-")
            ? "'password' is no whole hash pbkdf2-sha256:iterations:salt:hash;"
                + " `minusone site gateway ID` makes one"
            : "'password' must be a hash, never the password itself;"
                + " `minusone site gateway ID` makes a password and its hash");
    return Optional.empty();
  }

  private static Optional<Double> rate(Value value) {
    Optional<String> text = value.raw();
    Matcher form = RATE.matcher(text.orElse(""));
    if (form.matches() && Double.parseDouble(form.group(1)) > 0) {
      double count = Double.parseDouble(form.group(1));
      return Optional.of(form.group(2).equals("s") ? count : count / 60);
    }
    value.error(
        "'rate' must be messages per time such as 200/s or 30/min, not '" + text.orElse("") + "'");
    return Optional.empty();
  }

  private void topics(Value value, List<String> topics) {
    for (Value item : value.isList() ? value.items() : List.of(value)) {
      Optional<String> filter = item.text();
      Optional<String> problem = filter.flatMap(f -> TopicFilters.problem(f, site));
      if (problem.isPresent()) {
        item.error(problem.get());
      } else {
        filter.ifPresent(topics::add);
      }
    }
  }
}
