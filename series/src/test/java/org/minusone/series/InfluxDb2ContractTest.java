package org.minusone.series;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.read.InfluxDb2Reader;
import org.minusone.series.store.StoreConfig;

@Tag("slow")
@ExtendWith(ContainerEngine.class)
class InfluxDb2ContractTest extends SeriesContract {
  @Override
  StoreServer server(Path folder) throws Exception {
    return new InfluxDb2Container();
  }

  @Override
  String outOfReach() {
    return "time outside range";
  }

  @Override
  SeriesReader reader(StoreConfig config, InstantSource clock) {
    return new InfluxDb2Reader(config, clock);
  }
}
