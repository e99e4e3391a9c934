package org.minusone.ingest.decode.codec.senml;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.minusone.ingest.decode.StrictJson;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.ingest.decode.codec.Timeline;
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
    Timeline timeline = new Timeline();
    CountedText.Looks looks = new CountedText.Looks(Naming.LOOKS_A_MESSAGE);
    for (Resolved record : Pack.resolve(root, cbor, message.arrivalMs(), refusals)) {
      Naming.Target target =
          naming.of(record.name(), record.unit(), message.sensor() != null, looks);
      if (target.problem() == null) {
        place(record, target, timeline);
      } else {
        refusals.refuse(RejectionReason.BAD_PAYLOAD, record.place() + ": " + target.problem());
      }
    }
    if (timeline.isEmpty() && !refused[0]) {
      out.refuse(RejectionReason.BAD_PAYLOAD, "base values only, no record has a value");
    }
    timeline.tell(message.arrivalMs(), out);
  }

  private void place(Resolved record, Naming.Target target, Timeline timeline) {
    String sensor = target.sensor();
    String quantity = record.sum() ? target.quantity() + ".sum" : target.quantity();
    Map<String, String> itsWords = words.get(quantity);
    if (record.neither() != null) {
      timeline.neither(sensor, record.timeMs(), quantity, record.neither());
    } else if (record.word() != null || itsWords != null) {
      String word = record.word() != null ? record.word() : text(record.number());
      timeline.word(
          sensor,
          record.timeMs(),
          quantity,
          itsWords == null ? word : itsWords.getOrDefault(word, word));
    } else {
      String unit = record.sum() && record.unit() != null ? record.unit() + "s" : record.unit();
      timeline.number(sensor, record.timeMs(), quantity, record.number(), unit);
    }
  }

  /** {@code 1} for 1.0, as a person writes it in the options. */
  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
