package org.minusone.series.store;

import java.util.List;
import org.minusone.model.Reading;
import org.minusone.model.SiteId;

/**
 * Readings as InfluxDB line protocol (CONTRACTS §3): measurement {@code readings}, a run's {@code
 * readings_{run}}; tags site, family, sensor, quantity; fields value, state, flag; milliseconds.
 *
 * <p>Ids, families, quantities and words have narrow forms ({@code A-Z a-z 0-9 . _ - @}), none of
 * which line protocol needs escaped.
 */
public final class LineProtocol {
  private static final String MEASUREMENT = "readings";

  private LineProtocol() {}

  public static String measurement(SiteId site) {
    return site.run().map(run -> MEASUREMENT + "_" + run).orElse(MEASUREMENT);
  }

  public static String line(Reading reading) {
    StringBuilder line =
        new StringBuilder(160)
            .append(measurement(reading.site()))
            .append(",site=")
            .append(reading.site().value())
            .append(",family=")
            .append(reading.family().id())
            .append(",sensor=")
            .append(reading.sensor().value())
            .append(",quantity=")
            .append(reading.quantity().id());
    if (reading.word() == null) {
      line.append(" value=").append(reading.value());
    } else {
      line.append(" state=\"").append(reading.word()).append('"');
    }
    return line.append(",flag=")
        .append(reading.flag().code())
        .append("i ")
        .append(reading.timeMs())
        .toString();
  }

  public static List<String> lines(List<Reading> readings) {
    return readings.stream().map(LineProtocol::line).toList();
  }
}
