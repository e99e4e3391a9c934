package org.minusone.series.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minusone.model.QualityFlag.FAIL;
import static org.minusone.model.QualityFlag.PASS;
import static org.minusone.model.QualityFlag.SUSPECT;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;
import org.minusone.model.port.SeriesReader.Point;
import org.minusone.model.port.SeriesReader.Row;
import org.minusone.model.port.SeriesReader.Selection;
import org.minusone.series.Readings;
import org.minusone.series.store.Flux;
import org.minusone.series.store.StoreConfig;

/**
 * The request InfluxDB 2 documents for {@code POST /api/v2/query}, and its annotated CSV. That it
 * understands our Flux is for the contract to say, on a real one.
 */
class InfluxDb2ReaderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SensorKey KEY = Readings.STORE_7;

  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> queries = new ArrayList<>();
  private int status = 200;
  private boolean cutShort;
  private HttpServer server;
  private InfluxDb2Reader reader;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    reader = new InfluxDb2Reader(StoreConfig.influxDb2(url, "city", "ra\"w", "s3cret"), () -> NOW);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    var body = Json.MAPPER.readTree(exchange.getRequestBody());
    assertThat(body.at("/dialect/annotations").toString()).contains("datatype", "group", "default");
    queries.add(body.get("query").asText());
    byte[] bytes = answers.remove().getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .add("Content-Type", status == 200 ? "text/csv; charset=utf-8" : "application/json");
    exchange.sendResponseHeaders(status, cutShort ? bytes.length + 100 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String csv(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static String count(int found) {
    return csv(
        "#group,false,false,true,false",
        "#datatype,string,long,string,long",
        "#default,_result,,,",
        ",result,table,sensor,_value",
        ",,0,H-07," + found);
  }

  private List<Point> hour(Quantity quantity, int most) throws IOException {
    return reader.range(KEY, quantity, NOW.minusSeconds(3_600), NOW, most);
  }

  @Test
  void aRangeIsCountedAndThenReadPointByPoint() throws Exception {
    answers.add(count(2));
    answers.add(
        csv(
            "#group,false,false,false,false,false",
            "#datatype,string,long,dateTime:RFC3339,double,long",
            "#default,_result,,,,",
            ",result,table,_time,value,flag",
            ",,0,2026-03-01T11:30:00.5Z,20.5,1",
            ",,0,2026-03-01T11:20:00Z,-3,4"));
    assertThat(hour(Quantity.TEMPERATURE, 100))
        .containsExactly(
            new Point(Instant.parse("2026-03-01T11:20:00Z"), -3, null, QualityFlag.FAIL),
            new Point(Instant.parse("2026-03-01T11:30:00.500Z"), 20.5, null, QualityFlag.PASS));
    assertThat(requests)
        .hasSize(2)
        .allSatisfy(
            request -> assertThat(request).isEqualTo("POST /api/v2/query?org=city Token s3cret"));
    String series =
        "from(bucket: \"ra\\\"w\") |> range(start: 2026-03-01T11:00:00Z,"
            + " stop: 2026-03-01T12:00:00Z)"
            + " |> filter(fn: (r) => r._measurement == \"readings\" and r.site == \"fubao\")"
            + " |> filter(fn: (r) => r.sensor == \"H-07\" and r.quantity == \"temperature\")";
    assertThat(queries).allSatisfy(query -> assertThat(query).startsWith(series));
    assertThat(queries.get(0)).endsWith("r._field == \"value\") |> count()");
    assertThat(queries.get(1)).contains("pivot(").doesNotContain("window(");
  }

  @Test
  void aLongRangeKeepsTheLowestAndTheHighestOfEachStep() throws Exception {
    answers.add(count(5_000));
    answers.add(
        csv(
                "#group,false,false,true,true,false,false,false",
                "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,long",
                "#default,lowest,,,,,,",
                ",result,table,_start,_stop,_time,value,flag",
                ",,0,2026-03-01T11:00:00Z,2026-03-01T11:30:00Z,2026-03-01T11:20:00Z,-3,1",
                ",,1,2026-03-01T11:30:00Z,2026-03-01T12:00:00Z,2026-03-01T11:40:00Z,7,1")
            + csv(
                "#group,false,false,true,true,false,false,false",
                "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,long",
                "#default,highest,,,,,,",
                ",result,table,_start,_stop,_time,value,flag",
                ",,0,2026-03-01T11:00:00Z,2026-03-01T11:30:00Z,2026-03-01T11:10:00Z,99,3",
                ",,1,2026-03-01T11:30:00Z,2026-03-01T12:00:00Z,2026-03-01T11:40:00Z,7,1"));
    assertThat(hour(Quantity.TEMPERATURE, 5))
        .containsExactly(
            new Point(Instant.parse("2026-03-01T11:10:00Z"), 99, null, QualityFlag.SUSPECT),
            new Point(Instant.parse("2026-03-01T11:20:00Z"), -3, null, QualityFlag.PASS),
            new Point(Instant.parse("2026-03-01T11:40:00Z"), 7, null, QualityFlag.PASS));
    assertThat(queries.get(1))
        .contains("window(every: 1800000ms, offset: 0ms)")
        .contains("min(column: \"value\") |> yield(name: \"lowest\")")
        .contains("max(column: \"value\") |> yield(name: \"highest\")");
  }

  @Test
  void ofWordsTheChangesAreKept() throws Exception {
    answers.add(
        csv(
            "#group,false,false,false,false,false",
            "#datatype,string,long,dateTime:RFC3339,string,long",
            "#default,_result,,,,",
            ",result,table,_time,state,flag",
            ",,0,2026-03-01T11:10:00Z,normal,1",
            ",,0,2026-03-01T11:11:00Z,normal,1",
            ",,0,2026-03-01T11:12:00Z,normal,1",
            ",,0,2026-03-01T11:13:00Z,\"火, \"\"x\"\"\",1"));
    assertThat(hour(Quantity.STATE, 10))
        .extracting(Point::word)
        .containsExactly("normal", "normal", "火, \"x\"");
    assertThat(queries).hasSize(1);
  }

  @Test
  void latestPutsTheFieldsOfEachNewestPointTogether() throws Exception {
    String header = ",result,table,_time,_field,_value,sensor,quantity";
    String groups = "#group,false,false,false,true,false,false,false";
    answers.add(
        csv(
                groups,
                "#datatype,string,long,dateTime:RFC3339,string,long,string,string",
                "#default,_result,,,,,,",
                header,
                ",,0,2026-03-01T11:59:00Z,flag,4,H-07,temperature",
                ",,0,2026-03-01T11:00:00Z,flag,1,H-07,temperature",
                ",,0,2026-03-01T11:58:00Z,flag,1,H-07,state")
            + csv(
                groups,
                "#datatype,string,long,dateTime:RFC3339,string,string,string,string",
                "#default,_result,,,,,,",
                header,
                ",,1,2026-03-01T11:58:00Z,state,test,H-07,state")
            + csv(
                groups,
                "#datatype,string,long,dateTime:RFC3339,string,double,string,string",
                "#default,_result,,,,,,",
                header,
                // The sensor's family was changed: its old series ends earlier.
                ",,2,2026-03-01T11:00:00Z,value,10,H-07,temperature",
                ",,2,2026-03-01T11:59:00Z,value,21,H-07,temperature"));
    assertThat(reader.latest(new SiteId("fubao"), Duration.ofHours(2)))
        .isEqualTo(
            Map.of(
                new SensorId("H-07"),
                Map.of(
                    Quantity.TEMPERATURE,
                    new Point(Instant.parse("2026-03-01T11:59:00Z"), 21, null, QualityFlag.FAIL),
                    Quantity.STATE,
                    new Point(
                        Instant.parse("2026-03-01T11:58:00Z"),
                        Double.NaN,
                        "test",
                        QualityFlag.PASS))));
    assertThat(queries.get(0)).contains("start: 2026-03-01T10:00:00Z").contains("|> last()");
  }

  @Test
  void nothingThereIsEmptyAndAnEmptyRangeIsNotEvenAskedFor() throws Exception {
    answers.addAll(List.of("\r\n", "\r\n", "\r\n", "\r\n"));
    assertThat(hour(Quantity.TEMPERATURE, 10)).isEmpty();
    assertThat(reader.latest(new SiteId("fubao"), Duration.ofHours(1))).isEmpty();
    assertThat(reader.latest(new SiteId("fubao@r1"), Duration.ofHours(1))).isEmpty();
    assertThat(queries).hasSize(4);
    assertThat(reader.range(KEY, Quantity.TEMPERATURE, NOW, NOW, 10)).isEmpty();
    assertThat(queries).hasSize(4);
  }

  private static String oldest(String time) {
    return csv(
        "#group,false,false,false",
        "#datatype,string,long,dateTime:RFC3339",
        "#default,_result,,",
        ",result,table,_time",
        ",,0," + time);
  }

  @Test
  void anExportCountsAWindowThenReadsItAndPassesOverWhereNothingIs() throws Exception {
    Selection selection =
        new Selection(
            KEY.site(),
            NOW.minusSeconds(3_600),
            NOW,
            Set.of(KEY.sensor(), new SensorId("H-08")),
            Set.of(Quantity.TEMPERATURE, Quantity.STATE),
            Set.of(Family.HAZMAT_STORAGE));
    String group = "#group,false,false,false,true,true,true,false,false";
    String tables = ",result,table,_time,family,quantity,sensor,";
    answers.add("\r\n");
    answers.add(oldest("2026-03-01T11:30:00Z"));
    answers.add(count(50_000));
    answers.add(count(3));
    answers.add(
        csv(
                group,
                "#datatype,string,long,dateTime:RFC3339,string,string,string,double,long",
                "#default,_result,,,,,,,",
                tables + "value,flag",
                ",,0,2026-03-01T11:30:05Z,hazmat-storage,temperature,H-07,20.5,1",
                ",,1,2026-03-01T11:30:00.25Z,hazmat-storage,temperature,H-08,-3,4")
            + csv(
                group,
                "#datatype,string,long,dateTime:RFC3339,string,string,string,string,long",
                "#default,_result,,,,,,,",
                tables + "state,flag",
                ",,2,2026-03-01T11:30:05Z,hazmat-storage,state,H-07,fault,3"));
    answers.add("\r\n");
    answers.add("\r\n");
    List<Row> rows = new ArrayList<>();
    reader.export(selection, rows::add);
    assertThat(rows)
        .containsExactly(
            row("H-08", Quantity.TEMPERATURE, "2026-03-01T11:30:00.250Z", -3, null, FAIL),
            row("H-07", Quantity.STATE, "2026-03-01T11:30:05Z", Double.NaN, "fault", SUSPECT),
            row("H-07", Quantity.TEMPERATURE, "2026-03-01T11:30:05Z", 20.5, null, PASS));
    String series =
        " |> filter(fn: (r) => r._measurement == \"readings\" and r.site == \"fubao\")"
            + " |> filter(fn: (r) => r.sensor == \"H-07\" or r.sensor == \"H-08\")"
            + " |> filter(fn: (r) => r.quantity == \"state\" or r.quantity == \"temperature\")"
            + " |> filter(fn: (r) => r.family == \"hazmat-storage\")";
    assertThat(queries).allSatisfy(query -> assertThat(query).contains(series));
    assertThat(queries)
        .extracting(query -> query.replaceFirst("(?s).*(start: .*?)\\).*", "$1"))
        .containsExactly(
            "start: 2026-03-01T11:00:00Z, stop: 2026-03-01T11:01:00Z",
            "start: 2026-03-01T11:01:00Z, stop: 2026-03-01T12:00:00Z",
            "start: 2026-03-01T11:30:00Z, stop: 2026-03-01T11:31:00Z",
            "start: 2026-03-01T11:30:00Z, stop: 2026-03-01T11:30:19.200Z",
            "start: 2026-03-01T11:30:00Z, stop: 2026-03-01T11:30:19.200Z",
            "start: 2026-03-01T11:30:19.200Z, stop: 2026-03-01T11:32:52.800Z",
            "start: 2026-03-01T11:32:52.800Z, stop: 2026-03-01T12:00:00Z");
    assertThat(queries.get(0)).endsWith("r._field == \"flag\") |> count() |> group() |> sum()");
    assertThat(queries.get(1)).contains("first()").endsWith("|> limit(n: 1)");
    assertThat(queries.get(4)).contains("|> pivot(").doesNotContain("r._field");
  }

  private static Row row(
      String sensor, Quantity quantity, String time, double value, String word, QualityFlag flag) {
    Point point = new Point(Instant.parse(time), value, word, flag);
    return new Row(new SensorId(sensor), Family.HAZMAT_STORAGE, quantity, point);
  }

  @Test
  void whatIsNoReadingIsToldInAnExport() {
    answers.add(count(1));
    answers.add(
        csv(
            "#group,false,false,false,true,true,true,false,false",
            "#datatype,string,long,dateTime:RFC3339,string,string,string,double,long",
            "#default,_result,,,,,,,",
            ",result,table,_time,family,quantity,sensor,value,flag",
            ",,0,2026-03-01T11:59:59Z,weather,temperature,H-07,20.5,1"));
    Selection selection = Selection.of(KEY.site(), NOW.minusSeconds(5), NOW);
    assertThatThrownBy(() -> reader.export(selection, row -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("2026-03-01T11:59:59Z", "weather");
  }

  @Test
  void anErrorInTheMiddleOfAnAnswerIsAnError() {
    answers.add(
        csv(
                "#group,false,false,false,false,false",
                "#datatype,string,long,dateTime:RFC3339,string,long",
                "#default,_result,,,,",
                ",result,table,_time,state,flag",
                ",,0,2026-03-01T11:10:00Z,normal,1")
            + csv(
                "#datatype,string,string",
                "#group,true,true",
                "#default,,",
                ",error,reference",
                ",query terminated: memory limit reached,897"));
    assertThatThrownBy(() -> hour(Quantity.STATE, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("memory limit reached");
  }

  @Test
  void anAnswerCutShortIsAnError() {
    cutShort = true;
    answers.add(
        csv(
            "#group,false,false,false,false,false",
            "#datatype,string,long,dateTime:RFC3339,string,long",
            "#default,_result,,,,",
            ",result,table,_time,state,flag",
            ",,0,2026-03-01T11:10:00Z,normal,1"));
    assertThatThrownBy(() -> hour(Quantity.STATE, 10)).isInstanceOf(IOException.class);
  }

  @Test
  void refusalsSayWhy() {
    for (Map.Entry<Integer, String> each :
        Map.of(
                404, "bucket \\\"raw\\\" not found",
                401, "unauthorized access",
                400, "compilation failed")
            .entrySet()) {
      status = each.getKey();
      answers.add("{\"code\":\"x\",\"message\":\"" + each.getValue() + "\"}");
      assertThatThrownBy(() -> hour(Quantity.STATE, 10))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(each.getValue().replace("\\", ""));
    }
    server.stop(0);
    assertThatThrownBy(() -> hour(Quantity.STATE, 10)).isInstanceOf(IOException.class);
  }

  @Test
  void textsAreQuoted() {
    assertThat(Flux.text("a\"b\\c ${r}\nd$ {")).isEqualTo("\"a\\\"b\\\\c \\${r}\\nd$ {\"");
  }
}
