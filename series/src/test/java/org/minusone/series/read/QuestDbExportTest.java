package org.minusone.series.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.series.Readings.key;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader.Selection;
import org.minusone.series.EmbeddedQuestDb;
import org.minusone.series.Readings;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.QuestDbSql;
import org.minusone.series.store.SeriesStore;

/** A size at which holding everything would show. */
class QuestDbExportTest {
  private static final int ROWS = 300_000;
  private static final int BATCH = 30_000;
  private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");

  private static String line(int i) {
    return LineProtocol.line(
        Readings.celsius(key("fubao@big", "S-" + i % 100), BEGIN.toEpochMilli() + i * 1_000L, i));
  }

  @Test
  void aFewHundredThousandRowsComeOneByOne(@TempDir Path folder) throws Exception {
    SiteId run = new SiteId("fubao@big");
    try (EmbeddedQuestDb server = new EmbeddedQuestDb(folder.resolve("questdb"))) {
      server.start();
      try (SeriesStore store = server.config().store()) {
        store.prepare(LineProtocol.measurement(run), false);
        for (int from = 0; from < ROWS; from += BATCH) {
          List<String> lines =
              IntStream.range(from, from + BATCH)
                  .mapToObj(QuestDbExportTest::line)
                  .collect(Collectors.toList());
          store.write(lines);
        }
      }
      QuestDbSql sql = new QuestDbSql(server.config());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> sql.run("select count() from 'readings_big'").get(0).get(0).asInt() == ROWS);
      QuestDbReader reader = new QuestDbReader(server.config(), () -> BEGIN);
      int[] next = {0};
      reader.export(
          Selection.of(run, Instant.EPOCH, BEGIN.plus(Duration.ofDays(30))),
          row -> {
            // No collection: each is checked and let go.
            int i = next[0]++;
            if (row.point().value() != i
                || row.point().time().toEpochMilli() != BEGIN.toEpochMilli() + i * 1_000L
                || !row.sensor().value().equals("S-" + i % 100)) {
              throw new AssertionError("row " + i + " is " + row);
            }
          });
      assertThat(next[0]).isEqualTo(ROWS);
    }
  }
}
