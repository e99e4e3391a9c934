package org.minusone.alerting.notify.channel;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.minusone.alerting.notify.Outcome;

/**
 * One request, and what its answer means where the channel has nothing more to say: 2xx is
 * accepted; 408, 425, 429 and 5xx may heal ({@code Retry-After} is kept); any other never will.
 */
final class HttpCall {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
  private static final int LONGEST_SAID = 200;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final InstantSource clock;
  private final Duration patience;

  /**
   * @param patience for the whole answer
   */
  HttpCall(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  HttpCall(InstantSource clock) {
    this(clock, ANSWER);
  }

  InstantSource clock() {
    return clock;
  }

  /**
   * What came back.
   *
   * @param outcome null for a 2xx: then the body decides where the channel reads it
   */
  record Answer(Outcome outcome, String body) {
    Outcome orAccepted() {
      return outcome == null ? Outcome.ACCEPTED : outcome;
    }
  }

  Answer send(String method, URI to, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .timeout(patience)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    // The request's own timeout ends with the headers: who hangs in the body would hold us for
    // good.
    CompletableFuture<HttpResponse<String>> answer =
        CLIENT.sendAsync(
            request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      HttpResponse<String> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(outcome(response), response.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      String why = ": no whole answer within " + patience.toMillis() + " ms";
      return new Answer(Outcome.later(to.getHost() + why), "");
    } catch (ExecutionException e) {
      return new Answer(Outcome.later(to.getHost() + ": " + said(e.getCause())), "");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Answer(Outcome.later("interrupted"), "");
    }
  }

  Answer postJson(URI to, Map<String, String> headers, String json) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json; charset=utf-8");
    return send("POST", to, all, json);
  }

  private Outcome outcome(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return null;
    }
    String why = "HTTP " + status + " " + cut(response.body());
    boolean heals = status == 408 || status == 425 || status == 429 || status / 100 == 5;
    return heals
        ? Outcome.later(
            why, response.headers().firstValue("Retry-After").map(this::retryAfter).orElse(null))
        : Outcome.never(why);
  }

  /** Seconds or an HTTP date; null where it is neither. */
  private Duration retryAfter(String text) {
    try {
      Duration asked =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      if (asked.isNegative()) {
        return Duration.ZERO;
      }
      return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String said(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_SAID ? line : line.substring(0, LONGEST_SAID);
  }
}
