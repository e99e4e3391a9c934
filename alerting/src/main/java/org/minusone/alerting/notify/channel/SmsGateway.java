package org.minusone.alerting.notify.channel;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;
import org.minusone.alerting.notify.Texts;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Job;
import org.minusone.model.codec.Json;

/**
 * SMS through whatever HTTP gateway a house has: method, URL, headers and body are templates with
 * {@code {phone}} {@code {text}} {@code {id}}, encoded as where they stand wants it (URL, or the
 * body's content type). Of several numbers the delivery is accepted when all are; numbers that were
 * reached get it again when another was not, under the same id.
 */
public final class SmsGateway implements Notifier {
  private static final int LONGEST = 300;

  private final Template template;
  private final List<String> phones;
  private final boolean toCrew;
  private final Texts.Language language;
  private final HttpCall http;

  /**
   * @param body null = none
   * @param accepted what the answer's body must contain besides a 2xx; null = nothing
   */
  public record Template(
      String method, String url, Map<String, String> headers, String body, Pattern accepted) {}

  /**
   * @param toCrew whether it also goes to the telephone of the crew member that a job names, and of
   *     who was taken off it
   */
  public SmsGateway(
      Template template,
      List<String> phones,
      boolean toCrew,
      Texts.Language language,
      InstantSource clock) {
    this(template, phones, toCrew, language, new HttpCall(clock));
  }

  SmsGateway(
      Template template,
      List<String> phones,
      boolean toCrew,
      Texts.Language language,
      HttpCall http) {
    this.template = template;
    this.phones = List.copyOf(phones);
    this.toCrew = toCrew;
    this.language = language;
    this.http = http;
  }

  @Override
  public Outcome send(Message m) {
    List<String> numbers = numbers(m);
    if (numbers.isEmpty()) {
      return Outcome.never("no telephone number is known");
    }
    Outcome worst = Outcome.ACCEPTED;
    for (String phone : numbers) {
      Outcome one = send(m, phone);
      // One that may still be reached is tried again, though another never will be.
      boolean decides = worst.kind() != Outcome.Kind.RECOVERABLE;
      if (decides && one.kind() != Outcome.Kind.ACCEPTED) {
        worst = one;
      }
    }
    return worst;
  }

  private List<String> numbers(Message m) {
    List<String> numbers = new ArrayList<>(phones);
    if (toCrew && m.event() != null && m.event().job() != null) {
      Optional<Job> job = m.event().alert().job(m.event().job());
      job.map(Job::phone).ifPresent(numbers::add);
      if (m.event().kind() == AlertEventKind.REASSIGNED) {
        job.flatMap(SmsGateway::takenOff).ifPresent(numbers::add);
      }
    }
    return numbers.stream().distinct().toList();
  }

  /** The telephone of who may be on the way, and need not go now. */
  private static Optional<String> takenOff(Job job) {
    Job.Tried last = job.tried().isEmpty() ? null : job.tried().get(job.tried().size() - 1);
    return last == null || !last.because().equals(Job.REASSIGNED)
        ? Optional.empty()
        : Optional.ofNullable(last.phone());
  }

  private Outcome send(Message m, String phone) {
    String full = Texts.title(m, language) + " " + String.join(" ", Texts.lines(m, language));
    String text = full.length() <= LONGEST ? full : full.substring(0, LONGEST - 1) + "…";
    String type =
        template.headers().entrySet().stream()
            .filter(h -> h.getKey().equalsIgnoreCase("Content-Type"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    String body =
        template.body() == null ? null : filled(template.body(), type, phone, text, m.delivery());
    URI url = URI.create(filled(template.url(), "url", phone, text, m.delivery()));
    HttpCall.Answer answer = http.send(template.method(), url, template.headers(), body);
    if (answer.outcome() != null) {
      return answer.outcome();
    }
    return template.accepted() == null || template.accepted().matcher(answer.body()).find()
        ? Outcome.ACCEPTED
        : Outcome.never("the gateway said " + HttpCall.cut(answer.body()));
  }

  private static String filled(
      String template, String where, String phone, String text, String id) {
    return template
        .replace("{phone}", encoded(phone, where))
        .replace("{id}", encoded(id, where))
        .replace("{text}", encoded(text, where));
  }

  private static String encoded(String text, String where) {
    if (where.contains("json")) {
      String quoted = Json.text(text);
      return quoted.substring(1, quoted.length() - 1);
    }
    return where.equals("url") || where.contains("form")
        ? URLEncoder.encode(text, StandardCharsets.UTF_8)
        : text;
  }
}
