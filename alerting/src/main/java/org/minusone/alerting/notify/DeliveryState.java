package org.minusone.alerting.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a delivery has come; the transitions are {@link DeliveryLifecycle}'s. */
public enum DeliveryState {
  /** Decided, not attempted yet. */
  PLANNED,
  /** Said before the attempt begins, so that a crash cannot hide it. */
  ATTEMPTING,
  /** An attempt failed in a way that may heal; the next one has its time. */
  WAITING,
  /** In a flood: told in a summary with others. */
  HELD,
  /** The service took it. That is not to say that anybody has seen it. */
  ACCEPTED,
  /** The service said that it never will. */
  REFUSED,
  /** Tried until it was too late. */
  GIVEN_UP,
  /** A summary told it. */
  SUMMARISED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static DeliveryState of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  public boolean isOver() {
    return this == ACCEPTED || this == SUMMARISED || isFailed();
  }

  /** Over, and nobody was told. */
  public boolean isFailed() {
    return this == REFUSED || this == GIVEN_UP;
  }
}
