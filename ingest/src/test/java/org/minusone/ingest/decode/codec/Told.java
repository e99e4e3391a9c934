package org.minusone.ingest.decode.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.minusone.model.QualityFlag;
import org.minusone.model.RejectionReason;

/**
 * What a codec told, a line each: {@code [H-07 @1700000000000]} for an entry (without a time {@code
 * @now}, without a sensor {@code topic}), {@code temperature=21.5 Cel}, {@code state:fire}, {@code
 * gas?null} for what is neither, {@code !bad-payload …}.
 */
public final class Told implements Entries {
  private final List<String> lines = new ArrayList<>();

  /** What {@code codec} tells about a message on a sensor's own topic. */
  public static List<String> own(Codec codec, byte[] payload, long arrivalMs) {
    return of(
        codec,
        new Envelope("sites/fubao/hazmat-storage/H-07/readings", "H-07", null, payload, arrivalMs));
  }

  /** What {@code codec} tells about a message on a gateway's topic. */
  public static List<String> gateway(Codec codec, byte[] payload, long arrivalMs) {
    return of(
        codec,
        new Envelope("sites/fubao/gateways/gw-1/readings", null, "gw-1", payload, arrivalMs));
  }

  public static List<String> of(Codec codec, Envelope message) {
    Told told = new Told();
    codec.decode(message, told);
    return told.lines;
  }

  public static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void entry(String device, long timeMs, boolean historical) {
    lines.add("[" + at(device, timeMs) + (historical ? " historical]" : "]"));
  }

  @Override
  public void number(String quantity, double value, String unit, QualityFlag flag) {
    lines.add(
        plain(quantity)
            + "="
            + value
            + (unit == null ? "" : " " + unit)
            + (flag == QualityFlag.PASS ? "" : " " + flag));
  }

  @Override
  public void word(String quantity, String word) {
    lines.add(plain(quantity) + ":" + word);
  }

  @Override
  public void neither(String quantity, String shown) {
    lines.add(plain(quantity) + "?" + shown);
  }

  @Override
  public void refuse(RejectionReason reason, String detail) {
    lines.add("!" + reason.id() + " " + detail);
  }

  @Override
  public void offline(String device, long timeMs) {
    lines.add("[" + at(device, timeMs) + " offline]");
  }

  @Override
  public void nothing(String why) {
    lines.add("nothing: " + why);
  }

  @Override
  public void answer(String topic, byte[] payload) {
    lines.add("answer " + topic);
  }

  /** A name that would pass for an entry or a refusal is put in quotes. */
  private static String plain(String quantity) {
    return quantity.startsWith("[") || quantity.startsWith("!") ? "'" + quantity + "'" : quantity;
  }

  private static String at(String device, long timeMs) {
    return (device == null ? "topic" : device) + " @" + (timeMs == NO_TIME ? "now" : timeMs);
  }
}
