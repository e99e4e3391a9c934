package org.minusone.alerting.topology;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.minusone.model.Command;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.codec.Json;

/** Reads what stands on the inputs. */
final class InputRecords {
  private InputRecords() {}

  /**
   * @throws IllegalArgumentException with what is wrong, unless the bytes are a signal that says
   *     enough for the lifecycle
   */
  static Signal signal(byte[] value) {
    Signal signal = read(value, Signal.class);
    AlertKey key = AlertKey.parse(signal.alert());
    if (!key.site().equals(signal.site())
        || !key.sensor().equals(signal.sensor())
        || !key.rule().equals(signal.rule())) {
      throw new IllegalArgumentException("alert id of another sensor or rule: " + signal.alert());
    }
    boolean foreseen =
        signal.signal() == SignalKind.FOREWARNED || signal.signal() == SignalKind.UPDATED;
    if (foreseen && (signal.level() == null || signal.limit() == null)) {
      throw new IllegalArgumentException("a forewarning without level or limit");
    }
    return signal;
  }

  /**
   * A command to an alert; empty for one that is not for alerting, of a kind that we know or that a
   * newer release has.
   *
   * @throws IllegalArgumentException with what is wrong, unless the bytes are a command
   */
  static Optional<Command> command(byte[] value) {
    String kind = read(value, JsonNode.class).path("kind").asText();
    if (kind.isEmpty()) {
      throw new IllegalArgumentException("a command without a kind");
    }
    if (!isToAlert(kind)) {
      return Optional.empty();
    }
    Command command = read(value, Command.class);
    if (!AlertKey.parse(command.alert()).site().equals(command.site())) {
      throw new IllegalArgumentException("alert of another site: " + command.alert());
    }
    return Optional.of(command);
  }

  private static boolean isToAlert(String kind) {
    return Arrays.stream(Command.Kind.values()).anyMatch(k -> k.id().equals(kind) && k.isToAlert());
  }

  private static <T> T read(byte[] value, Class<T> type) {
    if (value == null) {
      throw new IllegalArgumentException("empty");
    }
    try {
      T parsed = Json.read(value, type);
      if (parsed == null) {
        throw new IllegalArgumentException("null");
      }
      return parsed;
    } catch (UncheckedIOException e) {
      String line = String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(line, e);
    }
  }
}
