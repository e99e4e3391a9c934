package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Role;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

class StreamTest {
  private Rig rig;

  private void start(FakeFeeds feeds) throws Exception {
    rig = new Rig(new FakeSite(20), feeds, c -> c.withHeartbeat(Duration.ofMillis(500))).start();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private EventStream stream(String query) throws Exception {
    return new EventStream(rig.as(Role.OPERATOR, "/api/v1/stream" + query).GET());
  }

  private AlertStory story(int number) {
    Instant start = rig.clock.instant().plusSeconds(number);
    return new AlertStory(rig.site, FakeSite.FUBAO, "E-001", "residual-current", start);
  }

  private void alert(int number) {
    AlertStory story = story(number);
    rig.feeds.alert(story.raised(story.alert().startedAt(), Level.WARN, 200, 205));
  }

  private static List<String> ids(List<EventStream.Event> events) {
    return events.stream().map(EventStream.Event::id).toList();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  @Test
  void continuesFromThePositionOfTheList() throws Exception {
    start(new FakeFeeds());
    IntStream.range(0, 3).forEach(this::alert);
    JsonNode list = rig.get("/api/v1/alerts").json();
    assertThat(list.get("items")).hasSize(3);
    try (EventStream stream = stream("?from=" + list.get("position").asText())) {
      alert(3);
      EventStream.Event event = stream.next("alert");
      assertThat(event.id()).isEqualTo("3");
      assertThat(event.json().at("/alert/id").asText()).isEqualTo(story(3).id());
      assertThat(event.json().get("kind").asText()).isEqualTo("raised");
    }
  }

  @Test
  void resumingLosesNothingAndRepeatsNothing() throws Exception {
    start(new FakeFeeds());
    List<String> seen = new ArrayList<>();
    String last = "-1";
    int told = 0;
    for (int round = 0; round < 6; round++) {
      IntStream.range(told, told + 7).forEach(this::alert);
      HttpRequest.Builder request =
          rig.as(Role.OPERATOR, "/api/v1/stream?from=-1").header("Last-Event-ID", last).GET();
      try (EventStream stream = new EventStream(request)) {
        // Each time it leaves in the middle.
        List<String> ids = ids(stream.next("alert", 4 + round % 3));
        seen.addAll(ids);
        last = ids.get(ids.size() - 1);
      }
      told += 7;
    }
    try (EventStream stream = stream("?from=" + last)) {
      seen.addAll(ids(stream.next("alert", told - seen.size())));
    }
    assertThat(seen).isEqualTo(numbers(0, told));
  }

  @Test
  void anEventAnnouncedAgainIsNotToldAgain() throws Exception {
    start(new FakeFeeds());
    try (EventStream stream = stream("?from=-1")) {
      alert(0);
      alert(0);
      alert(1);
      assertThat(ids(stream.next("alert", 2))).containsExactly("0", "2");
    }
  }

  @Test
  void aPositionOlderThanWhatIsKeptResets() throws Exception {
    start(new FakeFeeds());
    IntStream.range(0, 5_010).forEach(this::alert);
    try (EventStream stream = stream("?from=3")) {
      stream.next("reset");
      alert(6_000);
      assertThat(stream.next("alert").id()).isEqualTo("5010");
    }
    try (EventStream stream = stream("?from=10")) {
      assertThat(stream.next("alert").id()).isEqualTo("11");
    }
  }

  @Test
  void aPositionAheadOfTheTopicResets() throws Exception {
    start(new FakeFeeds());
    try (EventStream stream = stream("?from=400")) {
      stream.next("reset");
    }
    assertThatThrownBy(() -> stream("?from=yesterday"))
        .isInstanceOf(IOException.class)
        .hasMessage("status 400");
  }

  @Test
  void eventsWaitUntilTheTopicIsRead() throws Exception {
    start(new FakeFeeds(false));
    try (EventStream stream = stream("?from=1")) {
      stream.next("heartbeat");
      IntStream.range(0, 4).forEach(this::alert);
      rig.feeds.catchUp();
      assertThat(ids(stream.next("alert", 2))).containsExactly("2", "3");
    }
  }

  @Test
  void anotherSitesAlertsAreNotTold() throws Exception {
    start(new FakeFeeds());
    SiteId run = new SiteId("fubao@r1");
    rig.site.runs.add(new org.minusone.model.Run(run, 600, rig.clock.instant(), null));
    try (EventStream ofRun = stream("?from=-1&site=fubao@r1");
        EventStream ofSite = stream("?from=-1")) {
      AlertStory inRun = new AlertStory(rig.site, run, "F-01", "flood-depth", rig.clock.instant());
      rig.feeds.alert(inRun.raised(rig.clock.instant(), Level.NOTICE, 10, 11));
      alert(0);
      assertThat(ofRun.next("alert").json().at("/alert/site").asText()).isEqualTo("fubao@r1");
      assertThat(ofSite.next("alert").id()).isEqualTo("1");
    }
  }

  private void read(String sensor, double value) {
    long now = rig.clock.millis();
    rig.feeds.reading(
        Reading.number(
            new SensorKey(FakeSite.FUBAO, new SensorId(sensor)),
            Family.HAZMAT_STORAGE,
            Quantity.TEMPERATURE,
            now,
            now,
            Stamp.OWN,
            value));
  }

  @Test
  void readingsThatWereAskedForCome() throws Exception {
    start(new FakeFeeds());
    try (EventStream stream = stream("?sensors=H-02")) {
      stream.next("heartbeat");
      read("H-02", 1);
      read("H-02", 1);
      JsonNode item = stream.next("readings").json().get("items").get(0);
      assertThat(item.get("sensor").asText()).isEqualTo("H-02");
      assertThat(item.get("quantity").asText()).isEqualTo("temperature");
      assertThat(item.get("value").asDouble()).isEqualTo(1);
      assertThat(item.get("word").isNull()).isTrue();
      assertThat(item.get("flag").asInt()).isEqualTo(1);
      assertThat(item.get("time").asText()).isEqualTo("2026-06-01T08:00:00Z");
    }
  }

  /** An alert comes a moment after its readings, and carries the one that gave it, not the last. */
  @Test
  void whatWasHeardBeforeAnAlertIsToldBesideIt() throws Exception {
    start(new FakeFeeds());
    try (EventStream operator = stream("?from=-1");
        EventStream watching = stream("?sensors=H-02")) {
      operator.next("heartbeat");
      read("H-02", 27.4);
      watching.next("readings"); // it has gone by: nobody else wanted it
      Instant now = rig.clock.instant();
      AlertStory story =
          new AlertStory(rig.site, FakeSite.FUBAO, "H-02", "hazmat-temperature", now);
      rig.feeds.alert(story.forewarned(now, Level.ALARM, 30, 26.8, Duration.ofMinutes(3)));
      JsonNode item = operator.next("readings").json().get("items").get(0);
      assertThat(item.get("sensor").asText()).isEqualTo("H-02");
      assertThat(item.get("value").asDouble()).isEqualTo(27.4);
    }
  }

  @Test
  void heartbeatSaysHowThingsAre() throws Exception {
    start(new FakeFeeds());
    read("H-01", 20);
    try (EventStream stream = stream("")) {
      JsonNode beat = stream.next("heartbeat").json();
      assertThat(beat.get("now").asText()).isEqualTo("2026-06-01T08:00:00Z");
      assertThat(beat.get("site_now").asText()).isEqualTo("2026-06-01T08:00:00Z");
      assertThat(beat.get("reporting").asInt()).isEqualTo(1);
      assertThat(beat.get("sensors").asInt())
          .isEqualTo(rig.site.live(FakeSite.FUBAO).orElseThrow().sensors().size());
      assertThat(beat.at("/states/normal").asInt()).isEqualTo(1);
      assertThat(beat.at("/states/never-seen").asInt()).isEqualTo(beat.get("sensors").asInt() - 1);
      assertThat(beat.at("/sums/in_kafka").isNumber()).isTrue();
      assertThat(beat.at("/differences/series").asInt()).isZero();
    }
  }

  @Test
  void theStreamEndsWithTheSession() throws Exception {
    start(new FakeFeeds());
    Rig.Browser wang = rig.browser("王值班", Role.OPERATOR);
    HttpRequest.Builder request = rig.to("/api/v1/stream").header("Cookie", wang.cookie()).GET();
    try (EventStream stream = new EventStream(request)) {
      stream.next("heartbeat");
      rig.clock.pass(Duration.ofHours(12));
      await().atMost(Duration.ofSeconds(5)).until(stream::hasEnded);
    }
  }

  /** One reads nothing at all; the others must not feel it, and it must cost no memory. */
  @Test
  void aReaderThatDoesNotReadHoldsNobodyUp() throws Exception {
    rig =
        new Rig(
                new FakeSite(20),
                new FakeFeeds(),
                c -> c.withHeartbeat(Duration.ofMillis(500)).withIdle(Duration.ofSeconds(2)))
            .start();
    try (Socket stuck = new Socket()) {
      stuck.setReceiveBufferSize(4_096);
      stuck.connect(new java.net.InetSocketAddress("127.0.0.1", rig.console.port()), 2_000);
      String request =
          "GET /api/v1/stream?from=-1 HTTP/1.1\r\nHost: 127.0.0.1:"
              + rig.console.port()
              + "\r\nAuthorization: Bearer "
              + rig.token(Role.OPERATOR)
              + "\r\n\r\n";
      stuck.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      try (EventStream stream = stream("?from=-1")) {
        stream.next("heartbeat");
        await().until(() -> rig.console.health().gauges().get("stream_readers") == 2);
        // About 2 kB each: 8 MB, more than the sockets' buffers take.
        IntStream.range(0, 4_000).forEach(this::alert);
        assertThat(ids(stream.next("alert", 4_000))).isEqualTo(numbers(0, 4_000));
        await()
            .atMost(Duration.ofSeconds(8))
            .until(() -> rig.console.health().gauges().get("stream_readers") == 1);
        alert(4_000);
        assertThat(stream.next("alert").id()).isEqualTo("4000");
      }
      // What it was sent before it was cut is whole: it resumes from the last id it has.
      InputStream in = stuck.getInputStream();
      String got = new String(readAll(in), StandardCharsets.UTF_8);
      assertThat(got).contains("id: 0\n").doesNotContain("id: 3999\n");
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Cut hard: what came before counts.
    }
    return bytes.toByteArray();
  }
}
