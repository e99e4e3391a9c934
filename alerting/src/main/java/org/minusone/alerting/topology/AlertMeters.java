package org.minusone.alerting.topology;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.minusone.alerting.lifecycle.Refusal;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.SiteId;
import org.minusone.model.port.Counters;

/**
 * What alerting counts. Events are counted when they are decided, not when they are announced
 * again: {@code forewarned raised escalated cleared acknowledged closed …} by site.
 */
public final class AlertMeters {
  private final Counters counters = new Counters();
  private final MeterRegistry registry;

  public AlertMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Skipped reason : Skipped.values()) {
      registry.counter("minusone.alerting.skipped", "reason", reason.id());
    }
    for (Refusal reason : Refusal.values()) {
      registry.counter("minusone.alerting.commands.refused", "reason", reason.id());
    }
  }

  /** Events by site, then by kind. */
  public Counters counters() {
    return counters;
  }

  /** Why a record changed nothing. */
  enum Skipped {
    /** It cannot be read. */
    POISON,
    /** A command that is not about an alert: it is another part's to follow. */
    NOT_OURS,
    /** A signal that is known. */
    REPEATED,
    /** A signal of an episode before the newest, which was closed and forgotten. */
    OLDER_EPISODE,
    /** A signal of a run that is over. */
    RUN_ENDED;

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  void skipped(Skipped reason) {
    registry.counter("minusone.alerting.skipped", "reason", reason.id()).increment();
  }

  void refused(Refusal reason) {
    registry.counter("minusone.alerting.commands.refused", "reason", reason.id()).increment();
  }

  void decided(SiteId site, AlertEvent event) {
    AlertEventKind kind = event.kind();
    counters.add(site.value(), kind.id(), 1);
    registry.counter("minusone.alerting.events", "kind", kind.id()).increment();
  }
}
