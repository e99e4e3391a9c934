package org.minusone.app.stack;

import java.time.InstantSource;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.read.InfluxDb1Reader;
import org.minusone.series.read.InfluxDb2Reader;
import org.minusone.series.read.QuestDbReader;
import org.minusone.series.store.StoreConfig;

/** The reader that speaks a store's language. */
public final class SeriesReaders {
  private SeriesReaders() {}

  public static SeriesReader of(StoreConfig store, InstantSource clock) {
    return switch (store.kind()) {
      case QUESTDB -> new QuestDbReader(store, clock);
      case INFLUXDB1 -> new InfluxDb1Reader(store, clock);
      case INFLUXDB2 -> new InfluxDb2Reader(store, clock);
    };
  }
}
