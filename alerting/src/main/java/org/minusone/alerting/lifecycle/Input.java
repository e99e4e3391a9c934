package org.minusone.alerting.lifecycle;

import java.util.Objects;
import org.minusone.model.Command;
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
    RUN_ENDED
  }

  /** A signal of the alert's own rule. */
  record Told(Signal signal) implements Input {
    public Told {
      Objects.requireNonNull(signal);
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
