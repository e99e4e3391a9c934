package org.minusone.ingest.decode.codec.sparkplug;

import java.util.HashMap;
import java.util.Map;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.model.QualityFlag;

/** A metric's value as it is told: a number, a word, or neither. */
final class Words {
  private static final int GOOD = 192;
  private static final int STALE = 500;

  private final Map<String, Map<String, String>> byMetric = new HashMap<>();

  /**
   * @param options by the metric's name: what is sent → our word
   */
  Words(Options options) {
    for (String metric : options.keys()) {
      byMetric.put(metric, options.texts(metric));
    }
  }

  /**
   * Tells a value.
   *
   * @param unit null where nobody said one
   */
  void tell(String name, Value value, String unit, Integer quality, Entries out) {
    QualityFlag flag = flag(quality);
    Map<String, String> words = byMetric.get(name);
    if (value.kind() == Value.Kind.OTHER) {
      out.neither(name, value.text());
    } else if (value.kind() == Value.Kind.NUMBER && words == null) {
      out.number(name, value.number(), unit, flag);
    } else {
      String written = value.written();
      String word = words == null ? written : words.getOrDefault(written, written);
      if (flag == QualityFlag.PASS) {
        out.word(name, word);
      } else {
        // A word has no flag that would keep it from clearing an alert.
        out.neither(name, word + " of quality " + quality + (quality == STALE ? ", stale" : ""));
      }
    }
  }

  /**
   * (D) The specification has 0, 192 and 500. Senders pass on OPC's, too, whose high bits of one
   * byte are 11 for good and 01 for uncertain.
   */
  static QualityFlag flag(Integer quality) {
    if (quality == null || (quality >= GOOD && quality < 256)) {
      return QualityFlag.PASS;
    }
    return quality >= 64 && quality < 128 ? QualityFlag.SUSPECT : QualityFlag.FAIL;
  }
}
