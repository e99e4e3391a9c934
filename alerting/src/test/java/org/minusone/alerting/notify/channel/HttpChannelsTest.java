package org.minusone.alerting.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.detailed;
import static org.minusone.alerting.notify.Outcome.Kind.ACCEPTED;
import static org.minusone.alerting.notify.Outcome.Kind.PERMANENT;
import static org.minusone.alerting.notify.Outcome.Kind.RECOVERABLE;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.minusone.alerting.Store7;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;
import org.minusone.alerting.notify.Texts.Language;
import org.minusone.alerting.notify.Told;
import org.minusone.model.Command;
import org.minusone.model.Command.Details;
import org.minusone.model.Level;
import org.minusone.model.codec.Json;

/** The contract of every channel over HTTP, and what each service wants besides. */
class HttpChannelsTest {
  private static final Instant NOW = Instant.parse("2026-07-01T04:00:00Z");
  private static final String SECRET = "SECabc";

  /** A channel, what its service answers when it is content, and when it is busy or refuses. */
  enum Channel {
    WEBHOOK("ok"),
    WECOM("{\"errcode\":0,\"errmsg\":\"ok\"}"),
    DINGTALK("{\"errcode\":0,\"errmsg\":\"ok\"}"),
    FEISHU("{\"code\":0,\"msg\":\"success\"}"),
    WECOM_APP("{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\"t1\",\"expires_in\":7200}"),
    SMS("{\"result\":\"queued\"}"),
    CAP("");

    final String content;

    Channel(String content) {
      this.content = content;
    }

    Notifier at(URI url) {
      HttpCall http = new HttpCall(() -> NOW, Duration.ofMillis(400));
      return switch (this) {
        case WEBHOOK -> new Webhook("here", url, SECRET, Language.ZH, http);
        case WECOM -> new Robot(RobotDialect.WECOM, url, null, Language.ZH, http);
        case DINGTALK -> new Robot(RobotDialect.DINGTALK, url, SECRET, Language.ZH, http);
        case FEISHU -> new Robot(RobotDialect.FEISHU, url, SECRET, Language.EN, http);
        case WECOM_APP ->
            new WecomApp(
                new WecomApp.Account(url.resolve("/"), "corp", "s3cret", 7, "li-na|he-wei"),
                Language.ZH,
                http);
        case SMS ->
            new SmsGateway(
                new SmsGateway.Template(
                    "POST",
                    url.toString(),
                    Map.of("Content-Type", "application/json"),
                    "{\"to\":\"{phone}\",\"text\":\"{text}\",\"ref\":\"{id}\"}",
                    Pattern.compile("queued")),
                List.of("000-0101", "000-0102"),
                false,
                Language.ZH,
                http);
        case CAP -> new CapPost(url, Map.of(), "alerts@example.org", false, http);
      };
    }
  }

  private static Outcome send(Channel channel, Counterpart.Says says) throws Exception {
    try (Counterpart service = new Counterpart(says);
        Notifier notifier = channel.at(service.url("/hook?key=k1"))) {
      return notifier.send(Told.forewarned());
    }
  }

  @ParameterizedTest
  @EnumSource
  void accepted_is_what_the_service_took(Channel channel) throws Exception {
    assertThat(send(channel, Counterpart.Says.ok(channel.content)).kind()).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource
  void trouble_over_there_may_heal(Channel channel) throws Exception {
    for (int status : List.of(500, 502, 503, 429, 408)) {
      Outcome outcome = send(channel, Counterpart.Says.status(status));
      assertThat(outcome.kind()).as("%s", status).isEqualTo(RECOVERABLE);
      assertThat(outcome.detail()).contains(Integer.toString(status));
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_not_allowed_or_not_understood_never_heals(Channel channel) throws Exception {
    for (int status : List.of(400, 401, 403, 404)) {
      assertThat(send(channel, Counterpart.Says.status(status)).kind())
          .as("%s", status)
          .isEqualTo(PERMANENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void retry_after_is_kept(Channel channel) throws Exception {
    Outcome seconds =
        send(channel, new Counterpart.Says(429, Map.of("Retry-After", "7"), "slow", false));
    assertThat(seconds.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    Outcome date =
        send(
            channel,
            new Counterpart.Says(
                503, Map.of("Retry-After", "Wed, 01 Jul 2026 04:02:00 GMT"), "slow", false));
    assertThat(date.retryAfter()).isEqualTo(Duration.ofMinutes(2));
    Outcome nonsense =
        send(channel, new Counterpart.Says(503, Map.of("Retry-After", "soon"), "slow", false));
    assertThat(nonsense.retryAfter()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void who_hangs_or_is_not_there_may_come_back(Channel channel) throws Exception {
    assertThat(send(channel, Counterpart.Says.hang()).kind()).isEqualTo(RECOVERABLE);
    URI nowhere;
    try (Counterpart gone = new Counterpart(Counterpart.Says.ok(""))) {
      nowhere = gone.url("/hook");
    }
    try (Notifier notifier = channel.at(nowhere)) {
      assertThat(notifier.send(Told.forewarned()).kind()).isEqualTo(RECOVERABLE);
    }
  }

  @Test
  void a_webhook_is_alertmanagers_signed_and_knows_itself_again() throws Exception {
    try (Counterpart service = new Counterpart(Counterpart.Says.ok(""));
        Notifier notifier = Channel.WEBHOOK.at(service.url("/hook"))) {
      Message message = Told.forewarned();
      notifier.send(message);
      Counterpart.Asked asked = service.last();
      assertThat(asked.header("X-minusone-delivery")).isEqualTo(message.delivery());
      String stamp = asked.header("X-minusone-timestamp");
      assertThat(stamp).isEqualTo(Long.toString(NOW.getEpochSecond()));
      String expected = HexFormat.of().formatHex(Hmac.sha256(SECRET, stamp + "." + asked.body()));
      assertThat(
              MessageDigest.isEqual(
                  ("sha256=" + expected).getBytes(StandardCharsets.UTF_8),
                  asked.header("X-minusone-signature").getBytes(StandardCharsets.UTF_8)))
          .isTrue();
      JsonNode body = Json.MAPPER.readTree(asked.body());
      assertThat(body.at("/version").asText()).isEqualTo("4");
      assertThat(body.at("/status").asText()).isEqualTo("firing");
      assertThat(body.at("/alerts/0/labels/alertname").asText()).isEqualTo("hazmat-temperature");
      assertThat(body.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
      assertThat(body.at("/minusone/event/kind").asText()).isEqualTo("forewarned");
    }
  }

  @Test
  void an_hmac_is_what_others_make_of_it() {
    // RFC 4231, test case 2.
    assertThat(HexFormat.of().formatHex(Hmac.sha256("Jefe", "what do ya want for nothing?")))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void robots_get_their_own_format_and_signature() throws Exception {
    try (Counterpart service = new Counterpart(Counterpart.Says.ok(Channel.WECOM.content))) {
      Channel.WECOM.at(service.url("/cgi-bin/webhook/send?key=k1")).send(Told.forewarned());
      assertThat(service.last().uri().getQuery()).isEqualTo("key=k1");
      JsonNode wecom = Json.MAPPER.readTree(service.last().body());
      assertThat(wecom.at("/msgtype").asText()).isEqualTo("markdown");
      assertThat(wecom.at("/markdown/content").asText())
          .startsWith("**预警（橙色）：7 号库**")
          .contains("预计 4:00 后（12:04:00）到 30");

      Channel.DINGTALK.at(service.url("/robot/send?access_token=a")).send(Told.forewarned());
      Map<String, String> query = query(service.last().uri());
      String stamp = query.get("timestamp");
      assertThat(stamp).isEqualTo(Long.toString(NOW.toEpochMilli()));
      assertThat(query.get("sign"))
          .isEqualTo(
              Base64.getEncoder().encodeToString(Hmac.sha256(SECRET, stamp + "\n" + SECRET)));
      assertThat(Json.MAPPER.readTree(service.last().body()).at("/markdown/title").asText())
          .contains("7 号库");
    }
    try (Counterpart service = new Counterpart(Counterpart.Says.ok(Channel.FEISHU.content))) {
      Channel.FEISHU.at(service.url("/open-apis/bot/v2/hook/x")).send(Told.forewarned());
      JsonNode feishu = Json.MAPPER.readTree(service.last().body());
      String stamp = feishu.at("/timestamp").asText();
      assertThat(feishu.at("/sign").asText())
          .isEqualTo(Base64.getEncoder().encodeToString(Hmac.sha256(stamp + "\n" + SECRET, "")));
      assertThat(feishu.at("/msg_type").asText()).isEqualTo("text");
      assertThat(feishu.at("/content/text").asText()).startsWith("Forewarned (orange): Store 7");
    }
  }

  private static Map<String, String> query(URI uri) {
    return Stream.of(uri.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
  }

  @Test
  void an_error_in_the_body_of_a_200_is_read() throws Exception {
    assertThat(send(Channel.WECOM, Counterpart.Says.ok("{\"errcode\":45009,\"errmsg\":\"freq\"}")))
        .satisfies(o -> assertThat(o.kind()).isEqualTo(RECOVERABLE))
        .satisfies(o -> assertThat(o.detail()).isEqualTo("45009 freq"));
    assertThat(send(Channel.DINGTALK, Counterpart.Says.ok("{\"errcode\":310000}")).kind())
        .as("wrong signature")
        .isEqualTo(PERMANENT);
    assertThat(send(Channel.FEISHU, Counterpart.Says.ok("{\"code\":19021}")).kind())
        .as("wrong signature")
        .isEqualTo(PERMANENT);
    assertThat(send(Channel.FEISHU, Counterpart.Says.ok("<html>")).kind()).isEqualTo(RECOVERABLE);
    assertThat(send(Channel.SMS, Counterpart.Says.ok("{\"result\":\"no money\"}")))
        .satisfies(o -> assertThat(o.kind()).isEqualTo(PERMANENT))
        .satisfies(o -> assertThat(o.detail()).contains("no money"));
  }

  @Test
  void an_application_keeps_its_token_and_renews_one_that_is_stale() throws Exception {
    try (Counterpart service = new Counterpart(Counterpart.Says.ok(Channel.WECOM_APP.content));
        Notifier app = Channel.WECOM_APP.at(service.url("/"))) {
      app.send(Told.forewarned());
      app.send(Told.forewarned());
      assertThat(service.asked.stream().map(a -> a.uri().getPath()))
          .containsExactly("/cgi-bin/gettoken", "/cgi-bin/message/send", "/cgi-bin/message/send");
      assertThat(service.last().uri().getQuery()).isEqualTo("access_token=t1");
      JsonNode body = Json.MAPPER.readTree(service.last().body());
      assertThat(body.at("/touser").asText()).isEqualTo("li-na|he-wei");
      service.next(Counterpart.Says.ok("{\"errcode\":42001,\"errmsg\":\"expired\"}"));
      assertThat(app.send(Told.forewarned()).kind()).isEqualTo(ACCEPTED);
      assertThat(service.asked).hasSize(6);
    }
  }

  @Test
  void a_message_to_nobody_is_not_called_accepted() {
    SmsGateway toCrew =
        new SmsGateway(
            new SmsGateway.Template("POST", "http://127.0.0.1:1/", Map.of(), null, null),
            List.of(),
            true,
            Language.ZH,
            new HttpCall(() -> NOW));
    assertThat(toCrew.send(Told.forewarned()).kind()).as("no job yet").isEqualTo(PERMANENT);
  }

  @Test
  void who_was_taken_off_a_job_hears_it_too() throws Exception {
    Told told = new Told();
    told.signal(Store7.reached("00:00", "00:00", Level.CRITICAL));
    Command.Kind dispatch = Command.Kind.DISPATCH;
    told.command(detailed(dispatch, "d1", "00:10", Told.alert(), Details.to("fire-2", null)));
    Details other = new Details(Told.alert() + "~1", "fubao-1", "he-wei", null, null, null);
    Message given =
        told.message(told.command(detailed(dispatch, "d2", "00:20", Told.alert(), other)));
    try (Counterpart service = new Counterpart(Counterpart.Says.ok(""))) {
      String url = service.url("/sms").toString() + "?to={phone}&text={text}";
      SmsGateway sms =
          new SmsGateway(
              new SmsGateway.Template("GET", url, Map.of(), null, null),
              List.of(),
              true,
              Language.EN,
              new HttpCall(() -> NOW));
      assertThat(sms.send(given).kind()).isEqualTo(ACCEPTED);
      assertThat(service.asked.stream().map(a -> a.uri().getQuery().replaceAll("&.*", "")))
          .containsExactly("to=000-0101", "to=000-0401");
      assertThat(service.last().uri().getQuery()).contains("Job+given+to+another").contains("何伟");
    }
  }

  @Test
  void every_number_gets_its_sms_and_one_that_failed_is_told() throws Exception {
    try (Counterpart service = new Counterpart(Counterpart.Says.ok(Channel.SMS.content));
        Notifier sms = Channel.SMS.at(service.url("/sms"))) {
      assertThat(sms.send(Told.forewarned()).kind()).isEqualTo(ACCEPTED);
      assertThat(service.asked).hasSize(2);
      JsonNode body = Json.MAPPER.readTree(service.last().body());
      assertThat(body.at("/to").asText()).isEqualTo("000-0102");
      assertThat(body.at("/text").asText()).contains("7 号库").doesNotContain("\n");
      service.next(Counterpart.Says.status(503));
      assertThat(sms.send(Told.forewarned()).kind()).isEqualTo(RECOVERABLE);
      service.next(Counterpart.Says.status(400));
      service.next(Counterpart.Says.status(503));
      assertThat(sms.send(Told.forewarned()).kind())
          .as("a number that never will does not keep the other from its next attempt")
          .isEqualTo(RECOVERABLE);
      service.next(Counterpart.Says.status(400));
      assertThat(sms.send(Told.forewarned()).kind()).isEqualTo(PERMANENT);
    }
  }
}
