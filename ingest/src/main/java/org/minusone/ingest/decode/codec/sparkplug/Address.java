package org.minusone.ingest.decode.codec.sparkplug;

import java.util.Arrays;
import java.util.List;
import org.minusone.ingest.decode.StrictJson;

/**
 * A topic of Sparkplug's tree, {@code spBv1.0/{group}/{type}/{edge}[/{device}]}.
 *
 * @param device null for the edge node itself
 */
record Address(Type type, String group, String edge, String device) {
  /** What a topic says that its message is. */
  enum Type {
    NBIRTH,
    NDEATH,
    NDATA,
    NCMD,
    DBIRTH,
    DDEATH,
    DDATA,
    DCMD,
    STATE;

    boolean isOfDevice() {
      return this == DBIRTH || this == DDEATH || this == DDATA || this == DCMD;
    }

    boolean isCommand() {
      return this == NCMD || this == DCMD;
    }

    boolean isBirth() {
      return this == NBIRTH || this == DBIRTH;
    }
  }

  private static final String NAMESPACE = "spBv1.0";
  private static final int MAX_NAME = 256;

  /** A topic that is none of Sparkplug's, and why. */
  static final class BadTopic extends Exception {
    private static final long serialVersionUID = 1;

    BadTopic(String message) {
      super(message);
    }
  }

  static Address of(String topic) throws BadTopic {
    String[] levels = topic.split("/", -1);
    if (!levels[0].equals(NAMESPACE)) {
      throw new BadTopic(
          "Sparkplug B is spoken on "
              + NAMESPACE
              + "/{group}/{type}/{edge}[/{device}], this topic begins with '"
              + StrictJson.brief(levels[0])
              + "'");
    }
    if (isHostState(levels)) {
      return new Address(Type.STATE, "", "", null);
    }
    Type type = type(levels);
    int belong = type.isOfDevice() ? 5 : 4;
    if (levels.length != belong) {
      throw new BadTopic(
          "a topic of type " + type + " has " + belong + " levels, this has " + levels.length);
    }
    for (String level : levels) {
      if (level.isEmpty() || level.length() > MAX_NAME) {
        throw new BadTopic(
            level.isEmpty()
                ? "a level of the topic is empty"
                : "a name of " + level.length() + " characters in the topic, limit " + MAX_NAME);
      }
    }
    return new Address(type, levels[1], levels[3], type.isOfDevice() ? levels[4] : null);
  }

  /** Since 3.0 a host's state stands on {@code spBv1.0/STATE/{host}}. */
  private static boolean isHostState(String[] levels) {
    return levels.length > 1
        && (levels[1].equals(Type.STATE.name())
            || (levels.length > 2 && levels[2].equals(Type.STATE.name())));
  }

  private static Type type(String[] levels) throws BadTopic {
    String said = levels.length > 2 ? levels[2] : "";
    List<String> known = Arrays.stream(Type.values()).map(Type::name).toList();
    if (!known.contains(said)) {
      throw new BadTopic(
          "no such type of message: '"
              + StrictJson.brief(said)
              + "'; there are "
              + String.join(", ", known));
    }
    return Type.valueOf(said);
  }

  /** The edge node, as the sites' files call it: {@code group/edge}. */
  String node() {
    return group + "/" + edge;
  }

  /** Who speaks: {@code group/edge/device}, or the edge node. */
  String name() {
    return device == null ? node() : node() + "/" + device;
  }

  /** Where the edge node takes commands. */
  String commands() {
    return String.join("/", NAMESPACE, group, Type.NCMD.name(), edge);
  }
}
