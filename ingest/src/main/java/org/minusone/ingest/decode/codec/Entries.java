package org.minusone.ingest.decode.codec;

import org.minusone.model.QualityFlag;
import org.minusone.model.RejectionReason;

/**
 * What a codec tells about a message, entry by entry. An entry is what one sensor measured at one
 * instant; its values follow it. Every value becomes a reading or a rejection; a bad one costs
 * neither its neighbours nor its entry.
 */
public interface Entries {
  /** The entry has no time of its own: its arrival stands for it. */
  long NO_TIME = Long.MIN_VALUE;

  /** What a stamp must be, for a detail. */
  String TIME_EXPECTED = "epoch milliseconds from 2000 to 2200 belong there";

  /**
   * Begins an entry.
   *
   * @param device what the payload calls the sensor: its id or an alias; null = the one its topic
   *     names
   * @param timeMs epoch milliseconds, or {@link #NO_TIME}
   */
  default void entry(String device, long timeMs) {
    entry(device, timeMs, false);
  }

  /**
   * @param historical kept back while the line was down: stored, and never raises
   */
  void entry(String device, long timeMs, boolean historical);

  /** A number of the entry, of which nobody doubts that it is good. */
  default void number(String quantity, double value, String unit) {
    number(quantity, value, unit, QualityFlag.PASS);
  }

  /**
   * A number of the entry. One that is not finite is refused.
   *
   * @param quantity ours, or what the configuration maps to ours
   * @param unit as the payload says; null where it says none
   * @param flag what the sender itself thinks of it
   */
  void number(String quantity, double value, String unit, QualityFlag flag);

  /** A mode or a state of the entry. */
  void word(String quantity, String word);

  /**
   * A value that is neither number nor word: null, a flag, an object.
   *
   * @param shown how it stands there, for the detail
   */
  default void neither(String quantity, String shown) {
    word(quantity, shown);
  }

  /**
   * Refuses a value of the entry; before the first entry, something of the message or all of it.
   *
   * @param detail for a person: what, where, and what was expected
   */
  void refuse(RejectionReason reason, String detail);

  /**
   * The line to a sensor is down, or its gateway says that it died: not a sign of life.
   *
   * @param device as for {@link #entry}; null = the one its topic names
   * @param timeMs epoch milliseconds, or {@link #NO_TIME}
   */
  void offline(String device, long timeMs);

  /**
   * The message is in order and has no measurement to tell: an announcement, a heartbeat.
   *
   * @param why for a person who looks what became of it
   */
  void nothing(String why);

  /**
   * Something to publish in return once everything of this message is kept: a confirmation, a
   * request to announce oneself again.
   */
  void answer(String topic, byte[] payload);
}
