package org.minusone.rules.topology;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;
import org.minusone.rules.evaluate.PlaceState;

/**
 * A place by one {@code together} rule in the hands of a task: its state and, as for sensors
 * ({@link HeldSensor}), the signals whose acknowledgement is not yet certain.
 */
final class HeldPlace {
  final SiteId site;
  final String rule;
  final String place;

  /** Null once the rule is gone; kept only until its last signals are certain. */
  PlaceState state;

  /** Offset and timestamp of the last record that was looked at for it; −1 before the first. */
  long lastOffset = -1;

  long lastRecordMs = -1;

  /** The site's version it was last compared with. */
  int version;

  /** Oldest first. */
  final Deque<HeldSensor.Announced> announced = new ArrayDeque<>();

  /** As the store has it. */
  record Kept(
      PlaceState state,
      long lastOffset,
      long lastRecordMs,
      int version,
      List<HeldSensor.Announced> announced) {}

  HeldPlace(SiteId site, String rule, String place) {
    this.site = site;
    this.rule = rule;
    this.place = place;
  }

  /** A site's id and a rule's name have no slash; a place's may. */
  String key() {
    return key(site, rule, place);
  }

  static String key(SiteId site, String rule, String place) {
    return site + "/" + rule + "/" + place;
  }

  /** Whether a record was taken in before: the input is being read again after a restart. */
  boolean contains(long offset, long recordMs) {
    // The time too: offsets begin again when the topic is made anew.
    return offset <= lastOffset && recordMs <= lastRecordMs;
  }

  void prune(long committed) {
    while (!announced.isEmpty() && announced.peekFirst().position() < committed) {
      announced.removeFirst();
    }
  }

  boolean isOver() {
    return announced.isEmpty() && (state == null || state.isEmpty());
  }

  byte[] encode() {
    return Json.bytes(new Kept(state, lastOffset, lastRecordMs, version, List.copyOf(announced)));
  }

  static HeldPlace decode(String key, byte[] bytes) {
    String[] parts = key.split("/", 3);
    HeldPlace held = new HeldPlace(new SiteId(parts[0]), parts[1], parts[2]);
    Kept kept = Json.read(bytes, Kept.class);
    held.state = kept.state();
    held.lastOffset = kept.lastOffset();
    held.lastRecordMs = kept.lastRecordMs();
    held.version = kept.version();
    held.announced.addAll(kept.announced());
    return held;
  }
}
