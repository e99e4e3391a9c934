package org.minusone.series;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.read.InfluxDb1Reader;
import org.minusone.series.store.StoreConfig;

@ExtendWith(Influxd.Installed.class)
class InfluxDb1ContractTest extends SeriesContract {
  @Override
  StoreServer server(Path folder) throws Exception {
    Influxd influxd = new Influxd(folder, false);
    return new StoreServer() {
      @Override
      public void start() throws Exception {
        influxd.start();
      }

      @Override
      public void stop() throws Exception {
        influxd.kill();
      }

      @Override
      public StoreConfig config() {
        return StoreConfig.influxDb1(influxd.url(), "minusone", null, null);
      }

      @Override
      public void close() throws Exception {
        influxd.close();
      }
    };
  }

  @Override
  String outOfReach() {
    return "time outside range";
  }

  @Override
  SeriesReader reader(StoreConfig config, InstantSource clock) {
    return new InfluxDb1Reader(config, clock);
  }
}
