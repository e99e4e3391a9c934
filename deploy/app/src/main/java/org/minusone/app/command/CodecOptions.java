package org.minusone.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.app.site.IngestChecks;
import org.minusone.model.CodecChoice;
import org.minusone.model.Quantity;
import org.minusone.model.codec.Json;
import org.minusone.rules.load.NearestWord;
import picocli.CommandLine.Option;

/** An entry of {@code codecs.yaml}, on the command line. */
final class CodecOptions {
  private static final IngestChecks INGEST = new IngestChecks();

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description = "The format, whatever the site says is spoken on the topic.")
  private String codec;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = {
        "An option of the codec, as often as needed: --option sensor=/id --option values.depth=/d",
        "A dot goes inside; VALUE may be JSON: --option 'values={\"depth\":\"/d\"}'"
      })
  private List<String> options = List.of();

  @Option(
      names = "--quantity",
      paramLabel = "THEIRS=OURS",
      description = "What the sender calls a quantity: --quantity temp=temperature")
  private List<String> quantities = List.of();

  @Option(
      names = "--unit",
      paramLabel = "QUANTITY=UNIT",
      description = "Where neither payload nor registry says one: --unit temperature=°F")
  private List<String> units = List.of();

  @Option(
      names = "--ignore",
      paramLabel = "NAME",
      split = ",",
      description = "What is sent and none of our quantities: --ignore rssi,snr")
  private List<String> ignore = List.of();

  private record Pair(String key, String value) {}

  /**
   * Empty where none was named.
   *
   * @param filter the topics it is for
   */
  Optional<CodecChoice> choice(String filter) throws Problem {
    boolean more =
        !(options.isEmpty() && quantities.isEmpty() && units.isEmpty() && ignore.isEmpty());
    if (codec == null) {
      if (more) {
        throw Problem.usage(
            "--option, --quantity, --unit and --ignore go with --codec NAME: "
                + String.join(", ", INGEST.codecs()));
      }
      return Optional.empty();
    }
    if (!INGEST.codecs().contains(codec)) {
      throw Problem.usage(
          "no codec '%s'%s; there are %s"
              .formatted(
                  codec,
                  NearestWord.suggestion(codec, INGEST.codecs()),
                  String.join(", ", INGEST.codecs())));
    }
    CodecChoice choice =
        new CodecChoice(
            filter, codec, quantities(), units(), new LinkedHashSet<>(ignore), options());
    Optional<String> problem = INGEST.problem(choice);
    if (problem.isPresent()) {
      throw Problem.usage(problem.get());
    }
    return Optional.of(choice);
  }

  private Map<String, Quantity> quantities() throws Problem {
    Map<String, Quantity> theirs = new LinkedHashMap<>();
    for (String one : quantities) {
      Pair pair = pair("--quantity", one);
      theirs.put(pair.key(), quantity("--quantity", pair.value()));
    }
    return theirs;
  }

  private Map<Quantity, String> units() throws Problem {
    Map<Quantity, String> all = new EnumMap<>(Quantity.class);
    for (String one : units) {
      Pair pair = pair("--unit", one);
      Quantity quantity = quantity("--unit", pair.key());
      if (!INGEST.units(quantity).contains(pair.value())) {
        throw Problem.usage(
            "--unit: no unit '%s' of %s%s; known are %s"
                .formatted(
                    pair.value(),
                    quantity.id(),
                    NearestWord.suggestion(pair.value(), INGEST.units(quantity)),
                    String.join(", ", INGEST.units(quantity))));
      }
      all.put(quantity, pair.value());
    }
    return all;
  }

  private static Quantity quantity(String option, String word) throws Problem {
    List<String> known = Arrays.stream(Quantity.values()).map(Quantity::id).toList();
    return Quantity.find(word)
        .orElseThrow(
            () ->
                Problem.usage(
                    "%s: no quantity '%s'%s"
                        .formatted(option, word, NearestWord.suggestion(word, known))));
  }

  private Map<String, Object> options() throws Problem {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String one : options) {
      Pair pair = pair("--option", one);
      put(all, pair.key(), value(pair.value()));
    }
    return all;
  }

  @SuppressWarnings("unchecked") // what put made before
  private static void put(Map<String, Object> into, String key, Object value) throws Problem {
    int dot = key.indexOf('.');
    if (dot < 0) {
      into.put(key, value);
      return;
    }
    Object inner = into.computeIfAbsent(key.substring(0, dot), k -> new LinkedHashMap<>());
    if (!(inner instanceof Map)) {
      throw Problem.usage("--option " + key.substring(0, dot) + " is a value already");
    }
    put((Map<String, Object>) inner, key.substring(dot + 1), value);
  }

  /** JSON where it is, else the text itself: paths and expressions need no quotes. */
  private static Object value(String text) {
    try {
      Object value = Json.MAPPER.readValue(text, Object.class);
      return value == null ? text : value;
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static Pair pair(String option, String text) throws Problem {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw Problem.usage("%s %s: write KEY=VALUE".formatted(option, text));
    }
    return new Pair(text.substring(0, equals), text.substring(equals + 1));
  }
}
