package org.minusone.ingest.decode.codec.sparkplug;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minusone.ingest.decode.StrictJson;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.model.QualityFlag;
import org.minusone.model.RejectionReason;

/**
 * The metrics of one message on their way to entries, in the order of their times. The historical
 * ones, and two of one name and time, are entries of their own.
 */
final class Telling {
  private static final int MOST_NAMED = 3;

  /** A metric whose name and type are known. */
  private record Named(Metric metric, String name, Value value, String unit, long timeMs) {}

  private final Address address;
  private final Payload payload;
  private final Announced announced;
  private final Entries out;
  private final List<Named> named = new ArrayList<>();
  private final Set<String> ofTheProtocol = new LinkedHashSet<>();
  private final List<String> missing = new ArrayList<>();
  private boolean refused;

  Telling(Address address, Payload payload, Announced announced, Entries out) {
    this.address = address;
    this.payload = payload;
    this.announced = announced;
    this.out = out;
  }

  /**
   * Tells all of it.
   *
   * @param arrivalMs where values without a time stand
   * @return whether all metrics were understood by the births that were seen
   */
  boolean tell(long arrivalMs, Words words) {
    for (String problem : payload.problems()) {
      bad(problem);
    }
    for (Metric metric : payload.metrics()) {
      read(metric);
    }
    if (!missing.isEmpty()) {
      out.refuse(RejectionReason.NO_BIRTH, missed());
    }
    named.sort(Comparator.comparingLong(n -> n.timeMs == Entries.NO_TIME ? arrivalMs : n.timeMs));
    Named before = null;
    Set<String> told = new HashSet<>();
    for (Named each : named) {
      boolean historical = each.metric.historical();
      if (before == null
          || before.timeMs != each.timeMs
          || before.metric.historical() != historical
          || told.contains(each.name)) {
        out.entry(address.name(), each.timeMs, historical);
        told.clear();
      }
      told.add(each.name);
      words.tell(each.name, each.value, each.unit, each.metric.quality(), out);
      before = each;
    }
    if (named.isEmpty() && missing.isEmpty() && !refused) {
      out.nothing(quiet());
    }
    return missing.isEmpty();
  }

  private void read(Metric metric) {
    boolean birth = address.type().isBirth();
    if (birth && metric.name() == null) {
      bad(metric.place() + ": a birth says its name, this has " + shown(metric) + " only");
      return;
    }
    Announced.Declared declared = announced.find(metric);
    if (declared == null) {
      missing.add(shown(metric));
      return;
    }
    if (Payload.isControl(declared.name())) {
      ofTheProtocol.add(declared.name());
      return;
    }
    int datatype = metric.datatype() != 0 ? metric.datatype() : declared.datatype();
    if (datatype == 0 && metric.value().needsType()) {
      if (birth || announced.isBorn()) {
        bad(
            metric.place()
                + ": neither it nor its birth says a datatype, and "
                + metric.value().written()
                + " may be a negative number");
      } else {
        missing.add("the datatype of " + shown(metric));
      }
      return;
    }
    String unit = metric.unit() != null ? metric.unit() : declared.unit();
    named.add(new Named(metric, declared.name(), metric.value().as(datatype), unit, time(metric)));
  }

  /**
   * (D) What a birth says holds as of the birth, even if it was measured long before: a device that
   * came back and whose values did not change would else stay silent.
   */
  private long time(Metric metric) {
    if (metric.timeMs() == Entries.NO_TIME) {
      return payload.timeMs();
    }
    boolean holds =
        address.type().isBirth()
            && !metric.historical()
            && Words.flag(metric.quality()) == QualityFlag.PASS;
    return holds ? Math.max(metric.timeMs(), payload.timeMs()) : metric.timeMs();
  }

  private static String shown(Metric metric) {
    return metric.name() != null
        ? StrictJson.brief(metric.name())
        : "alias " + Long.toUnsignedString(metric.alias());
  }

  private void bad(String detail) {
    refused = true;
    out.refuse(RejectionReason.BAD_PAYLOAD, StrictJson.brief(address.name()) + ", " + detail);
  }

  private String missed() {
    List<String> some = missing.subList(0, Math.min(MOST_NAMED, missing.size()));
    return StrictJson.brief(address.name())
        + (announced.isBorn()
            ? ": not in its birth, another is requested: "
            : ": its birth was not seen since ingest started or it died, another is requested;"
                + " unknown without it: ")
        + String.join(", ", some)
        + (missing.size() > some.size() ? " and " + (missing.size() - some.size()) + " more" : "");
  }

  private String quiet() {
    if (ofTheProtocol.isEmpty()) {
      return "a message of " + StrictJson.brief(address.name()) + " without metrics";
    }
    List<String> some = ofTheProtocol.stream().limit(MOST_NAMED).map(StrictJson::brief).toList();
    return "only metrics of the protocol: " + String.join(", ", some);
  }
}
