package org.minusone.model.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/**
 * {@link Reading} in the wire form of {@code reading.proto} (beside this class's resources, for
 * readers in other languages), written by hand over protobuf's own streams: a record in, a record
 * out, no message object between.
 */
public final class ReadingSerde implements Serde<Reading> {
  private static final int SITE = 1;
  private static final int FAMILY = 2;
  private static final int SENSOR = 3;
  private static final int QUANTITY = 4;
  private static final int TIME_MS = 5;
  private static final int ARRIVAL_MS = 6;
  private static final int STAMP = 7;
  private static final int VALUE = 8;
  private static final int WORD = 9;
  private static final int FLAG = 10;
  private static final int LARGEST = 512;

  public static byte[] write(Reading r) {
    byte[] buffer = new byte[LARGEST];
    CodedOutputStream out = CodedOutputStream.newInstance(buffer);
    try {
      out.writeString(SITE, r.site().value());
      out.writeString(FAMILY, r.family().id());
      out.writeString(SENSOR, r.sensor().value());
      out.writeString(QUANTITY, r.quantity().id());
      out.writeInt64(TIME_MS, r.timeMs());
      out.writeInt64(ARRIVAL_MS, r.arrivalMs());
      if (r.stamp() != Stamp.OWN) {
        out.writeEnum(STAMP, r.stamp().ordinal());
      }
      if (r.word() == null) {
        out.writeDouble(VALUE, r.value());
      } else {
        out.writeString(WORD, r.word());
      }
      out.writeInt32(FLAG, r.flag().code());
      byte[] exact = new byte[LARGEST - out.spaceLeft()];
      System.arraycopy(buffer, 0, exact, 0, exact.length);
      return exact;
    } catch (IOException e) {
      throw new UncheckedIOException("a reading fits into " + LARGEST + " bytes: " + r, e);
    }
  }

  /**
   * @throws UncheckedIOException if the bytes are not a reading
   */
  public static Reading read(byte[] bytes) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    String site = null;
    String family = null;
    String sensor = null;
    String quantity = null;
    long timeMs = 0;
    long arrivalMs = 0;
    int stamp = 0;
    double value = Double.NaN;
    String word = null;
    int flag = QualityFlag.NOT_EVALUATED.code();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag >>> 3) {
          case SITE -> site = in.readString();
          case FAMILY -> family = in.readString();
          case SENSOR -> sensor = in.readString();
          case QUANTITY -> quantity = in.readString();
          case TIME_MS -> timeMs = in.readInt64();
          case ARRIVAL_MS -> arrivalMs = in.readInt64();
          case STAMP -> stamp = in.readEnum();
          case VALUE -> value = in.readDouble();
          case WORD -> word = in.readString();
          case FLAG -> flag = in.readInt32();
          default -> in.skipField(tag);
        }
      }
      return new Reading(
          new SiteId(site),
          Family.of(family),
          new SensorId(sensor),
          Quantity.of(quantity),
          timeMs,
          arrivalMs,
          Stamp.values()[stamp],
          value,
          word,
          QualityFlag.of(flag));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Serializer<Reading> serializer() {
    return (topic, reading) -> reading == null ? null : write(reading);
  }

  @Override
  public Deserializer<Reading> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }
}
