package org.minusone.app.decode;

import java.util.ArrayList;
import java.util.List;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.model.QualityFlag;
import org.minusone.model.RejectionReason;

/** Writes down what a codec says of a message, value by value, before anybody checks it. */
final class Heard implements Entries {
  /**
   * A value in the payload's own terms.
   *
   * @param device what the payload calls the sensor; null = the topic's own
   * @param number {@code NaN} for a word
   * @param word null for a number
   * @param unit as the payload says; null where it says none
   */
  record Value(String device, String name, double number, String word, String unit) {}

  private final List<Value> values = new ArrayList<>();
  private String device;

  List<Value> values() {
    return values;
  }

  @Override
  public void entry(String named, long timeMs, boolean historical) {
    device = named;
  }

  @Override
  public void number(String quantity, double value, String unit, QualityFlag flag) {
    values.add(new Value(device, quantity, value, null, unit));
  }

  @Override
  public void word(String quantity, String word) {
    values.add(new Value(device, quantity, Double.NaN, word, null));
  }

  @Override
  public void offline(String named, long timeMs) {
    values.add(new Value(named, "state", Double.NaN, "offline", null));
  }

  @Override
  public void refuse(RejectionReason reason, String detail) {
    // The decoder tells it again, as a rejection.
  }

  @Override
  public void nothing(String why) {
    // The decoder tells it again.
  }

  @Override
  public void answer(String topic, byte[] payload) {
    // The decoder tells it again.
  }
}
