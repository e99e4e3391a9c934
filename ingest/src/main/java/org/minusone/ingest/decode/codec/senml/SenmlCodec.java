package org.minusone.ingest.decode.codec.senml;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.minusone.ingest.decode.StrictJson;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.model.RejectionReason;

/**
 * SenML, in either representation.
 *
 * <p>Records leave in the order of their times (RFC 8428 §4.6), those of one sensor and time as one
 * entry. A number goes on with the unit of its record, text as a word, a flag as the word {@code
 * true} or {@code false}; the option {@code words} replaces them, and numbers too, quantity by
 * quantity. A record that has a sum and no value goes on as {@code <quantity>.sum}, its unit
 * followed by {@code s}: none of our quantities, so it is refused unless the site maps or ignores
 * it. A sum beside a value, and {@code ut}, are not used.
 */
final class SenmlCodec implements Codec {
  private static final String WORDS = "words";

  /** A record and what its name means. */
  private record Meant(Resolved record, Naming.Target target) {
    String quantity() {
      return record.sum() ? target.quantity() + ".sum" : target.quantity();
    }
  }

  private final boolean cbor;
  private final Naming naming;
  private final Map<String, Map<String, String>> words = new HashMap<>();

  SenmlCodec(boolean cbor, Options options) {
    options.only("name", "quantity-by-unit", WORDS);
    this.cbor = cbor;
    this.naming = Naming.of(options);
    Options byQuantity = options.part(WORDS);
    for (String quantity : byQuantity.keys()) {
      words.put(quantity, byQuantity.texts(quantity));
    }
  }

  @Override
  public void decode(Envelope message, Entries out) {
    JsonNode root;
    try {
      root = cbor ? Cbor.parse(message.payload()) : StrictJson.parse(message.payload());
    } catch (IOException e) {
      out.refuse(RejectionReason.BAD_PAYLOAD, e.getMessage());
      return;
    }
    boolean[] refused = new boolean[1];
    Pack.Refusals refusals =
        (reason, detail) -> {
          refused[0] = true;
          out.refuse(reason, detail);
        };
    List<Meant> meant = new ArrayList<>();
    CountedText.Looks looks = new CountedText.Looks(Naming.LOOKS_A_MESSAGE);
    for (Resolved record : Pack.resolve(root, cbor, message.arrivalMs(), refusals)) {
      Naming.Target target =
          naming.of(record.name(), record.unit(), message.sensor() != null, looks);
      if (target.problem() == null) {
        meant.add(new Meant(record, target));
      } else {
        refusals.refuse(RejectionReason.BAD_PAYLOAD, record.place() + ": " + target.problem());
      }
    }
    if (meant.isEmpty() && !refused[0]) {
      out.refuse(RejectionReason.BAD_PAYLOAD, "base values only, no record has a value");
    }
    meant.sort(Comparator.comparingLong(each -> time(each.record(), message.arrivalMs())));
    tell(meant, out);
  }

  private static long time(Resolved record, long arrivalMs) {
    return record.timeMs() == Entries.NO_TIME ? arrivalMs : record.timeMs();
  }

  private void tell(List<Meant> records, Entries out) {
    Meant before = null;
    Set<String> told = new HashSet<>();
    for (Meant each : records) {
      // Two values of one quantity without a time are two readings, one after the other.
      if (before == null
          || before.record().timeMs() != each.record().timeMs()
          || !Objects.equals(before.target().sensor(), each.target().sensor())
          || told.contains(each.quantity())) {
        out.entry(each.target().sensor(), each.record().timeMs());
        told.clear();
      }
      told.add(each.quantity());
      value(each, out);
      before = each;
    }
  }

  private void value(Meant each, Entries out) {
    Resolved record = each.record();
    Map<String, String> itsWords = words.get(each.quantity());
    if (record.word() != null) {
      out.word(
          each.quantity(),
          itsWords == null ? record.word() : itsWords.getOrDefault(record.word(), record.word()));
    } else if (itsWords != null) {
      String text = text(record.number());
      out.word(each.quantity(), itsWords.getOrDefault(text, text));
    } else {
      String unit = record.sum() && record.unit() != null ? record.unit() + "s" : record.unit();
      out.number(each.quantity(), record.number(), unit);
    }
  }

  /** {@code 1} for 1.0, as a person writes it in the options. */
  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
