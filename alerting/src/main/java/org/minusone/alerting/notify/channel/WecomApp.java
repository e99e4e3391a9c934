package org.minusone.alerting.notify.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;
import org.minusone.alerting.notify.Texts;
import org.minusone.model.codec.Json;

/**
 * A message of a WeCom (企业微信) application to persons: {@code gettoken} for the corporation's id and
 * secret, then {@code message/send}. The token is kept until it expires; at 40014 or 42001 (not
 * good any more) a new one is fetched once (GK).
 */
public final class WecomApp implements Notifier {
  private static final Set<Integer> STALE_TOKEN = Set.of(40014, 42001);
  private static final Set<Integer> HEALING = Set.of(-1, 45009, 45033);

  private final Account account;
  private final Texts.Language language;
  private final HttpCall http;
  private String token;
  private Instant tokenUntil = Instant.MIN;

  /**
   * @param base {@code https://qyapi.weixin.qq.com}
   * @param to ids of persons, with {@code |} between them; {@code @all} = everybody
   */
  public record Account(URI base, String corporation, String secret, int agent, String to) {
    /** Without what opens doors. */
    @Override
    public String toString() {
      return "Account[" + corporation + ", " + agent + "]";
    }
  }

  public WecomApp(Account account, Texts.Language language, InstantSource clock) {
    this(account, language, new HttpCall(clock));
  }

  WecomApp(Account account, Texts.Language language, HttpCall http) {
    this.account = account;
    this.language = language;
    this.http = http;
  }

  @Override
  public Outcome send(Message m) {
    Said first = once(m);
    if (!STALE_TOKEN.contains(first.code())) {
      return first.outcome();
    }
    tokenUntil = Instant.MIN;
    return once(m).outcome();
  }

  /**
   * @param code 0 = good or not known
   */
  private record Said(int code, Outcome outcome) {}

  private Said once(Message m) {
    Said fetched = fetchToken();
    if (fetched != null) {
      return fetched;
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("touser", account.to());
    body.put("msgtype", "text");
    body.put("agentid", account.agent());
    String text = Texts.title(m, language) + "\n" + String.join("\n", Texts.lines(m, language));
    body.putObject("text").put("content", m.link() == null ? text : text + "\n" + m.link());
    // The service itself drops what comes again within the interval, s.
    body.put("enable_duplicate_check", 1);
    body.put("duplicate_check_interval", 1800);
    return read(
        http.postJson(
            uri("/cgi-bin/message/send?access_token=" + encoded(token)),
            Map.of(),
            Json.text(body)));
  }

  /** Null once there is a token. */
  private Said fetchToken() {
    if (http.clock().instant().isBefore(tokenUntil)) {
      return null;
    }
    HttpCall.Answer answer =
        http.send(
            "GET",
            uri(
                "/cgi-bin/gettoken?corpid="
                    + encoded(account.corporation())
                    + "&corpsecret="
                    + encoded(account.secret())),
            Map.of(),
            null);
    Said said = read(answer);
    if (said.outcome().kind() != Outcome.Kind.ACCEPTED) {
      return said;
    }
    JsonNode body = tree(answer.body());
    token = body.path("access_token").asText();
    long seconds = Math.max(60, body.path("expires_in").asLong(7200) - 60);
    tokenUntil = http.clock().instant().plus(Duration.ofSeconds(seconds));
    return null;
  }

  private static Said read(HttpCall.Answer answer) {
    if (answer.outcome() != null) {
      return new Said(0, answer.outcome());
    }
    JsonNode body = tree(answer.body());
    if (body == null || !body.path("errcode").isInt()) {
      return new Said(0, Outcome.later("no errcode in the answer: " + HttpCall.cut(answer.body())));
    }
    int code = body.get("errcode").asInt();
    String why = code + " " + HttpCall.cut(body.path("errmsg").asText());
    if (code == 0) {
      return new Said(0, Outcome.ACCEPTED);
    }
    boolean heals = HEALING.contains(code) || STALE_TOKEN.contains(code);
    return new Said(code, heals ? Outcome.later(why) : Outcome.never(why));
  }

  private static JsonNode tree(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private URI uri(String path) {
    return URI.create(account.base().toString().replaceAll("/+$", "") + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
