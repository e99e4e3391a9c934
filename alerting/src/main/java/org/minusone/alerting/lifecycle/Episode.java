package org.minusone.alerting.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Alert;
import org.minusone.model.Command;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/**
 * An alert and what it remembers, so that what is told twice happens once. Bounded: {@value
 * #SIGNALS} signals, {@value #COMMANDS} commands.
 *
 * @param signals identities ({@link Signal#identity()}) of the signals it followed, oldest first,
 *     but for {@code updated}: those are ordered by the open forewarning's own time
 * @param forgotten the newest event time of a signal that {@code signals} no longer holds; null
 *     while it holds all. What is not after it counts as known
 * @param commands ids of the commands it followed, oldest first
 */
public record Episode(Alert alert, List<String> signals, Instant forgotten, List<String> commands) {
  static final int SIGNALS = 128;
  static final int COMMANDS = 64;

  public Episode {
    signals = List.copyOf(signals);
    commands = List.copyOf(commands);
  }

  static Episode of(Alert alert) {
    return new Episode(alert, List.of(), null, List.of());
  }

  boolean knows(Signal signal) {
    if (signal.signal() == SignalKind.UPDATED) {
      return false;
    }
    return signals.contains(signal.identity())
        || (forgotten != null && !signal.late() && !signal.time().isAfter(forgotten));
  }

  /** Whether it tells of the sensor itself, silent or suspect, not of what it measures. */
  boolean isAboutSensor() {
    return signals.stream()
        .anyMatch(
            s ->
                s.startsWith(SignalKind.SILENT.id() + "|")
                    || s.startsWith(SignalKind.SUSPECT.id() + "|"));
  }

  /** Whether it tells that a whole sensor, gateway or site is silent. */
  public boolean isSilence() {
    return alert.quantity() == null
        && signals.stream().anyMatch(s -> s.startsWith(SignalKind.SILENT.id() + "|"));
  }

  boolean knows(Command command) {
    return commands.contains(command.id());
  }

  Episode with(Alert next) {
    return new Episode(next, signals, forgotten, commands);
  }

  Episode remember(Signal signal) {
    String identity = signal.identity();
    if (signal.signal() == SignalKind.UPDATED || signals.contains(identity)) {
      return this;
    }
    List<String> more = new ArrayList<>(signals);
    more.add(identity);
    Instant lost = forgotten;
    while (more.size() > SIGNALS) {
      String oldest = more.remove(0);
      Instant time =
          Instant.ofEpochMilli(Long.parseLong(oldest.substring(oldest.lastIndexOf('|') + 1)));
      lost = lost == null || time.isAfter(lost) ? time : lost;
    }
    return new Episode(alert, more, lost, commands);
  }

  /** Also of a command that changed nothing, or a re-read one could come true later. */
  Episode remember(String command) {
    if (commands.contains(command)) {
      return this;
    }
    List<String> more = new ArrayList<>(commands);
    more.add(command);
    while (more.size() > COMMANDS) {
      more.remove(0);
    }
    return new Episode(alert, signals, forgotten, more);
  }
}
