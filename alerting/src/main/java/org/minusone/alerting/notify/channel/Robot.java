package org.minusone.alerting.notify.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;
import org.minusone.alerting.notify.Texts;
import org.minusone.model.codec.Json;

/**
 * A robot in a chat group. The dialects differ in their message, their signature and in how they
 * say no: all answer 200 and put an error code into the body.
 */
public final class Robot implements Notifier {
  private final RobotDialect dialect;
  private final URI url;
  private final String secret;
  private final Texts.Language language;
  private final HttpCall http;

  /**
   * @param url as the service gives it, with its key or token
   * @param secret for those that sign; null = unsigned
   */
  public Robot(
      RobotDialect dialect, URI url, String secret, Texts.Language language, InstantSource clock) {
    this(dialect, url, secret, language, new HttpCall(clock));
  }

  Robot(RobotDialect dialect, URI url, String secret, Texts.Language language, HttpCall http) {
    this.dialect = dialect;
    this.url = url;
    this.secret = secret;
    this.language = language;
    this.http = http;
  }

  @Override
  public Outcome send(Message m) {
    long nowMs = http.clock().millis();
    String title = Texts.title(m, language);
    List<String> lines = Texts.lines(m, language);
    JsonNode body = dialect.message(title, lines, m.link(), secret, nowMs);
    HttpCall.Answer answer =
        http.postJson(dialect.signed(url, secret, nowMs), Map.of(), Json.text(body));
    return answer.outcome() == null ? said(answer.body()) : answer.outcome();
  }

  private Outcome said(String body) {
    try {
      JsonNode said = Json.MAPPER.readTree(body);
      JsonNode code = said == null ? null : said.get(dialect.codeField());
      if (code == null || !code.isInt()) {
        return Outcome.later("no " + dialect.codeField() + " in the answer: " + HttpCall.cut(body));
      }
      String why = code.asInt() + " " + HttpCall.cut(said.path(dialect.textField()).asText());
      if (code.asInt() == 0) {
        return Outcome.ACCEPTED;
      }
      return dialect.heals(code.asInt()) ? Outcome.later(why) : Outcome.never(why);
    } catch (JsonProcessingException e) {
      return Outcome.later("the answer is no JSON: " + HttpCall.cut(body));
    }
  }
}
