package org.minusone.ingest.decode.codec.gbt26875;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.ingest.decode.codec.Options;

/**
 * Where frames are confirmed, as the option has it: a topic in which {@code {gateway}} stands for
 * the gateway that the frame's topic names and {@code {source}} for the device that sent it.
 */
final class ConfirmTopic {
  static final String OPTION = "confirm-topic";
  private static final String SOURCE = "{source}";
  private static final String GATEWAY = "{gateway}";
  private static final String OURS = "sites";
  private static final String GATEWAYS = "gateways";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");

  /** {@code sites/{site}/gateways/{gateway}/…}: no shorter topic is a gateway's own. */
  private static final int LEVELS = 5;

  private final String text;

  private ConfirmTopic(String text) {
    this.text = text;
  }

  /** Empty where nothing is confirmed. */
  static Optional<ConfirmTopic> of(Options options) {
    String text = options.text(OPTION);
    if (text == null) {
      return Optional.empty();
    }
    if (text.isBlank() || text.contains("+") || text.contains("#") || text.indexOf(0) >= 0) {
      throw options.wrong(
          OPTION, "a topic to publish on belongs here, without + and #; this is " + text);
    }
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      String found = placeholder.group();
      if (!found.equals(SOURCE) && !found.equals(GATEWAY)) {
        throw options.wrong(
            OPTION,
            "no such placeholder: " + found + Options.suggestion(found, List.of(SOURCE, GATEWAY)));
      }
    }
    return Optional.of(new ConfirmTopic(text));
  }

  boolean namesGateway() {
    return text.contains(GATEWAY);
  }

  /**
   * @param gateway null where the frame's topic names none, and this does not either
   */
  String with(String gateway, String source) {
    String topic = gateway == null ? text : text.replace(GATEWAY, gateway);
    return topic.replace(SOURCE, source);
  }

  /** All topics it can come to, with that gateway. */
  String filter(String gateway) {
    String[] levels = text.replace(GATEWAY, gateway).split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].contains(SOURCE) || levels[i].contains("+")) {
        levels[i] = "+";
      }
    }
    return String.join("/", levels);
  }

  /**
   * Why a confirmation would not reach who sends on {@code filter}: a gateway hears what is said
   * under its own name and in its own tree, nothing else.
   */
  Optional<String> misfit(String filter) {
    String[] from = filter.split("/", -1);
    String[] to = text.split("/", -1);
    boolean ours = from[0].equals(OURS);
    if (namesGateway() && !(ours && from.length > 2 && canNameGateway(from[2]))) {
      return Optional.of(
          "{gateway} is what the frame's topic names, and " + filter + " names none");
    }
    if (!to[0].equals(OURS)) {
      return !ours && to[0].equals(from[0])
          ? Optional.empty()
          : Optional.of(outside(filter, ours ? own(from) : from[0] + "/…"));
    }
    boolean named =
        to.length >= LEVELS
            && (!ours || from.length < 2 || to[1].equals(from[1]))
            && to[2].equals(GATEWAYS)
            && !to[3].contains(SOURCE)
            && isOf(from, to[3]);
    if (!named) {
      return Optional.of(outside(filter, own(from)));
    }
    String last = to[to.length - 1];
    return last.equals("readings") || last.equals("status")
        ? Optional.of("on …/" + last + " gateways speak, and ingest would read its own answer")
        : Optional.empty();
  }

  private static boolean canNameGateway(String level) {
    return level.equals(GATEWAYS) || level.equals("+") || level.equals("#");
  }

  /** Whether that is the gateway which {@code from} takes in, where it takes in only one's. */
  private static boolean isOf(String[] from, String gateway) {
    if (!from[0].equals(OURS) || from.length < 3 || !from[2].equals(GATEWAYS)) {
      return true;
    }
    boolean any = from.length < 4 || from[3].equals("+") || from[3].equals("#");
    return gateway.equals(GATEWAY) || (!any && gateway.equals(from[3]));
  }

  private static String own(String[] from) {
    String site = from[0].equals(OURS) && from.length > 1 ? from[1] : "{site}";
    return "sites/" + site + "/gateways/{gateway}/…";
  }

  private String outside(String filter, String own) {
    return "who sends on %s may not hear %s: it must be %s".formatted(filter, text, own);
  }
}
