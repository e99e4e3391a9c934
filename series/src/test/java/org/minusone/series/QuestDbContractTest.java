package org.minusone.series;

import java.nio.file.Path;
import java.time.InstantSource;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.read.QuestDbReader;
import org.minusone.series.store.StoreConfig;

class QuestDbContractTest extends SeriesContract {
  @Override
  StoreServer server(Path folder) throws Exception {
    return new EmbeddedQuestDb(folder.resolve("questdb"));
  }

  @Override
  String outOfReach() {
    return "beyond 9999-12-31";
  }

  @Override
  SeriesReader reader(StoreConfig config, InstantSource clock) {
    return new QuestDbReader(config, clock);
  }
}
