package org.minusone.alerting.lifecycle;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Command;
import org.minusone.model.Group;
import org.minusone.model.Run;
import org.minusone.model.Signal;

/** What reaches one alert. */
public sealed interface Input {
  Kind kind();

  /** For exhaustive switches over {@link Input}. */
  enum Kind {
    TOLD,
    SENSOR_SILENT,
    SENSOR_REPORTING,
    ASKED,
    FOLDED,
    REGROUPED,
    SUPERSEDED,
    RUN_ENDED
  }

  /**
   * A signal of the alert's own rule.
   *
   * @param foldedInto the alert that stands for what it begins; null = it stands for itself
   */
  record Told(Signal signal, String foldedInto) implements Input {
    public Told {
      Objects.requireNonNull(signal);
    }

    public Told(Signal signal) {
      this(signal, null);
    }

    @Override
    public Kind kind() {
      return Kind.TOLD;
    }
  }

  /** Another rule's word that the alert's sensor went silent. */
  record SensorSilent(Signal signal) implements Input {
    @Override
    public Kind kind() {
      return Kind.SENSOR_SILENT;
    }
  }

  /** Another rule's word that the alert's sensor reports again. */
  record SensorReporting(Signal signal) implements Input {
    @Override
    public Kind kind() {
      return Kind.SENSOR_REPORTING;
    }
  }

  /**
   * An alert about its gateway or site stands for it from now on, or no longer.
   *
   * @param into that alert's id; null = it stands for itself again
   * @param at event time of what caused it
   */
  record Folded(String into, Instant at) implements Input {
    @Override
    public Kind kind() {
      return Kind.FOLDED;
    }
  }

  /** Others are silent now than the alert about their gateway or site says. */
  record Regrouped(Group group, Instant at) implements Input {
    @Override
    public Kind kind() {
      return Kind.REGROUPED;
    }
  }

  /**
   * A newer episode of its sensor and rule has reached a level.
   *
   * @param by that episode, as it is then
   * @param at event time of what reached the level
   */
  record Superseded(Alert by, Instant at) implements Input {
    public Superseded {
      Objects.requireNonNull(by);
    }

    /** Empty where an event of the newer episode is no such thing. */
    public static Optional<Superseded> by(AlertEvent event) {
      return event.kind() == AlertEventKind.RAISED || event.kind() == AlertEventKind.ESCALATED
          ? Optional.of(new Superseded(event.alert(), event.time()))
          : Optional.empty();
    }

    @Override
    public Kind kind() {
      return Kind.SUPERSEDED;
    }
  }

  record Asked(Command command) implements Input {
    public Asked {
      Objects.requireNonNull(command);
    }

    @Override
    public Kind kind() {
      return Kind.ASKED;
    }
  }

  /**
   * The run the alert belongs to is over.
   *
   * @param run ended: {@link Run#endedAt()} is not null
   */
  record RunEnded(Run run) implements Input {
    @Override
    public Kind kind() {
      return Kind.RUN_ENDED;
    }
  }
}
