package org.minusone.app.notify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Texts.Language;
import org.minusone.alerting.notify.channel.CapPost;
import org.minusone.alerting.notify.channel.Mail;
import org.minusone.alerting.notify.channel.MqttDownlink;
import org.minusone.alerting.notify.channel.Robot;
import org.minusone.alerting.notify.channel.RobotDialect;
import org.minusone.alerting.notify.channel.SmsGateway;
import org.minusone.alerting.notify.channel.Webhook;
import org.minusone.alerting.notify.channel.WecomApp;
import org.minusone.rules.load.Section;
import org.minusone.rules.load.Value;

/**
 * One channel of a receiver. Where a secret may stand, {@code key_file} may name a file that holds
 * it, relative to the file of receivers.
 */
final class ChannelReader {
  static final List<String> KINDS =
      List.of(
          "webhook",
          "wecom_robot",
          "dingtalk_robot",
          "feishu_robot",
          "wecom_app",
          "sms",
          "mail",
          "mqtt",
          "cap");

  private static final URI WECOM = URI.create("https://qyapi.weixin.qq.com");

  private final String receiver;
  private final Section in;
  private final Path folder;
  private final Language language;
  private final InstantSource clock;

  /**
   * @param folder that paths of secrets are relative to
   */
  ChannelReader(String receiver, Section in, Path folder, Language language, InstantSource clock) {
    this.receiver = receiver;
    this.in = in;
    this.folder = folder;
    this.language = language;
    this.clock = clock;
  }

  /** Empty once why is among the problems. */
  Optional<Notifier> read(String kind) {
    Optional<Notifier> channel =
        switch (kind) {
          case "webhook" ->
              url()
                  .map(
                      to ->
                          new Webhook(
                              receiver, to, secret("secret").orElse(null), language, clock));
          case "wecom_robot" -> robot(RobotDialect.WECOM);
          case "dingtalk_robot" -> robot(RobotDialect.DINGTALK);
          case "feishu_robot" -> robot(RobotDialect.FEISHU);
          case "wecom_app" -> wecomApp();
          case "sms" -> sms();
          case "mail" -> mail();
          case "mqtt" -> mqtt();
          default -> cap();
        };
    in.finish();
    return channel;
  }

  private Optional<Notifier> robot(RobotDialect dialect) {
    return url().map(to -> new Robot(dialect, to, secret("secret").orElse(null), language, clock));
  }

  private Optional<Notifier> wecomApp() {
    Optional<String> corporation = in.require("corporation").flatMap(Value::text);
    Optional<String> secret = wanted("secret");
    Optional<Integer> agent = in.require("agent").flatMap(v -> whole(v, 1, 100_000_000));
    List<String> to = texts("to", true);
    URI base = in.take("base").flatMap(this::uri).orElse(WECOM);
    if (corporation.isEmpty() || secret.isEmpty() || agent.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WecomApp(
            new WecomApp.Account(
                base, corporation.get(), secret.get(), agent.get(), String.join("|", to)),
            language,
            clock));
  }

  private Optional<Notifier> sms() {
    Optional<String> url = wanted("url");
    String method = in.take("method").flatMap(Value::text).orElse("POST").toUpperCase(Locale.ROOT);
    Map<String, String> headers = headers();
    String body = in.take("body").flatMap(Value::text).orElse(null);
    Optional<Value> accepted = in.take("accepted");
    List<String> phones = texts("phones", false);
    boolean crew = in.take("crew").flatMap(Value::flag).orElse(false);
    if (phones.isEmpty() && !crew) {
      in.whole().error("an sms goes to 'phones', or with 'crew: true' to the crew of a job");
      return Optional.empty();
    }
    return url.map(
        to ->
            new SmsGateway(
                new SmsGateway.Template(
                    method, to, headers, body, accepted.map(this::pattern).orElse(null)),
                phones,
                crew,
                language,
                clock));
  }

  private Optional<Notifier> mail() {
    Optional<String> host = in.require("host").flatMap(Value::text);
    Mail.Security security =
        in.take("security")
            .flatMap(
                v ->
                    v.word(
                        "security",
                        Arrays.asList(Mail.Security.values()),
                        one -> one.name().toLowerCase(Locale.ROOT)))
            .orElse(Mail.Security.STARTTLS);
    int usual = security == Mail.Security.TLS ? 465 : 587;
    int port = in.take("port").flatMap(v -> whole(v, 1, 65_535)).orElse(usual);
    String user = in.take("user").flatMap(Value::text).orElse(null);
    String password = secret("password").orElse(null);
    Optional<String> from = in.require("from").flatMap(Value::text);
    List<String> to = texts("to", true);
    if ((user == null) != (password == null)) {
      in.whole().error("'user' and 'password' (or 'password_file') go together");
      return Optional.empty();
    }
    return host.isEmpty() || from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mail(
                new Mail.Server(host.get(), port, security, user, password),
                from.get(),
                to,
                language,
                clock));
  }

  private Optional<Notifier> mqtt() {
    Optional<String> url = in.require("url").flatMap(Value::text);
    String client = in.take("client_id").flatMap(Value::text).orElse("minusone-" + receiver);
    String user = in.take("user").flatMap(Value::text).orElse(null);
    String password = secret("password").orElse(null);
    String topic = in.take("topic").flatMap(Value::text).orElse("alerts/{site}/{family}/{sensor}");
    if (url.isPresent() && !url.get().matches("(tcp|ssl)://[^/]+")) {
      in.whole().error("'url' is tcp://host:port or ssl://host:port, not '" + url.get() + "'");
      return Optional.empty();
    }
    return url.map(
        to ->
            new MqttDownlink(new MqttDownlink.Broker(to, client, user, password), topic, language));
  }

  private Optional<Notifier> cap() {
    Optional<URI> url = url();
    Optional<Value> sender = in.require("sender");
    boolean exercise = in.take("exercise").flatMap(Value::flag).orElse(false);
    Map<String, String> headers = headers();
    Optional<String> name = sender.flatMap(Value::text);
    if (name.isPresent() && name.get().matches(".*[\\s,<&].*")) {
      sender.get().error("CAP wants a sender without spaces, commas, < and &");
      return Optional.empty();
    }
    return url.isEmpty() || name.isEmpty()
        ? Optional.empty()
        : Optional.of(new CapPost(url.get(), headers, name.get(), exercise, clock));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    in.take("headers")
        .flatMap(Value::section)
        .ifPresent(
            section ->
                section
                    .entries()
                    .forEach(
                        e -> headers.put(e.key().raw().orElse(""), e.value().text().orElse(""))));
    return headers;
  }

  private List<String> texts(String key, boolean required) {
    Optional<Value> value = required ? in.require(key) : in.take(key);
    List<String> texts = new ArrayList<>();
    if (value.isPresent()) {
      List<Value> items = value.get().isList() ? value.get().items() : List.of(value.get());
      items.forEach(item -> item.text().ifPresent(texts::add));
    }
    return texts;
  }

  private Optional<URI> url() {
    return wanted("url").flatMap(text -> uri(in.whole(), text));
  }

  private Optional<URI> uri(Value value) {
    return value.text().flatMap(text -> uri(value, text));
  }

  private Optional<URI> uri(Value at, String text) {
    try {
      URI uri = URI.create(text.strip());
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    at.error("a channel's address is http://… or https://… (what was given is not repeated here)");
    return Optional.empty();
  }

  /**
   * {@code key}, or what the file that {@code key_file} names holds; a problem where neither is.
   */
  private Optional<String> wanted(String key) {
    Optional<String> found = secret(key);
    if (found.isEmpty()) {
      in.whole().error("missing key '" + key + "' (or '" + key + "_file')");
    }
    return found;
  }

  private Optional<String> secret(String key) {
    Optional<Value> itself = in.take(key);
    Optional<Value> file = in.take(key + "_file");
    if (itself.isPresent() && file.isPresent()) {
      file.get().error("'" + key + "' and '" + key + "_file' say the same: leave one");
      return Optional.empty();
    }
    if (file.isEmpty()) {
      return itself.flatMap(Value::text);
    }
    Optional<String> name = file.get().text();
    try {
      return name.isEmpty()
          ? name
          : Optional.of(Files.readString(folder.resolve(name.get())).strip());
    } catch (IOException e) {
      file.get().error("cannot read " + name.get() + ": is it there, and may this user read it?");
      return Optional.empty();
    }
  }

  private static Optional<Integer> whole(Value value, int least, int most) {
    OptionalDouble number = value.number();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    double n = number.getAsDouble();
    if (n != Math.rint(n) || n < least || n > most) {
      value.error("a whole number from " + least + " to " + most);
      return Optional.empty();
    }
    return Optional.of((int) n);
  }

  private Pattern pattern(Value value) {
    try {
      return value.text().map(Pattern::compile).orElse(null);
    } catch (PatternSyntaxException e) {
      value.error("is no regular expression: " + e.getDescription());
      return null;
    }
  }
}
