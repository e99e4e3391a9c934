package org.minusone.app.notify;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.alerting.notify.Route;
import org.minusone.alerting.notify.Texts.Language;
import org.minusone.app.config.ConfigProblem;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.rules.load.Problem;
import org.minusone.rules.load.Problems;
import org.minusone.rules.load.Section;
import org.minusone.rules.load.Value;
import org.minusone.rules.load.YamlText;

/** Reads {@code notify.yaml}: receivers, routes, the dead man's address. */
public final class NotifyReader {
  private static final Duration SHORTEST_BEAT = Duration.ofSeconds(5);

  private final Problems problems = new Problems();
  private final Path file;
  private final InstantSource clock;
  private final Map<String, Notifier> receivers = new LinkedHashMap<>();
  private final Set<String> named = new HashSet<>();

  private NotifyReader(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * @param file null = nobody is told anything
   * @param console its address, for links; null where not known
   * @throws ConfigProblem with a line for everything that is wrong
   */
  public static NotifyConfig read(Path file, String console, InstantSource clock)
      throws ConfigProblem {
    return file == null ? NotifyConfig.NOBODY : new NotifyReader(file, clock).read(console);
  }

  private NotifyConfig read(String console) throws ConfigProblem {
    List<Route> routes = new ArrayList<>();
    Duration patience = NotifyConfig.USUAL_PATIENCE;
    Duration every = NotifyConfig.USUAL_BEAT;
    URI deadMan = null;
    Optional<Section> root = YamlText.read(file, problems).flatMap(Value::section);
    if (root.isPresent()) {
      Section top = root.get();
      patience = top.take("give_up_after").flatMap(Value::positiveDuration).orElse(patience);
      Optional<Section> dead = top.take("dead_man").flatMap(Value::section);
      if (dead.isPresent()) {
        deadMan = dead.get().require("url").flatMap(this::uri).orElse(null);
        every = dead.get().take("every").flatMap(this::beat).orElse(every);
        dead.get().finish();
      }
      top.require("receivers").ifPresent(list -> list.items().forEach(this::receiver));
      top.require("routes")
          .ifPresent(list -> list.items().forEach(item -> route(item).ifPresent(routes::add)));
      top.finish();
    }
    List<Problem> wrong = problems.sorted().stream().filter(Problem::isError).toList();
    if (!wrong.isEmpty()) {
      throw new ConfigProblem(wrong.stream().map(Problem::toString).toList());
    }
    return new NotifyConfig(receivers, routes, patience, deadMan, every, console);
  }

  private Optional<Duration> beat(Value value) {
    Optional<Duration> every = value.positiveDuration();
    if (every.isPresent() && every.get().compareTo(SHORTEST_BEAT) < 0) {
      value.error("a beat at most every 5s");
    }
    return every;
  }

  private Optional<URI> uri(Value value) {
    Optional<String> text = value.text();
    if (text.isPresent() && !text.get().matches("https?://\\S+")) {
      value.error("'url' is http://… or https://…");
      return Optional.empty();
    }
    return text.map(URI::create);
  }

  private void receiver(Value item) {
    Optional<Section> read = item.as("receiver").section();
    if (read.isEmpty()) {
      return;
    }
    Section section = read.get();
    Optional<Value> at = section.require("name");
    Optional<String> name = at.flatMap(Value::text);
    if (name.isPresent() && !name.get().matches("[a-z0-9][a-z0-9-]{0,63}")) {
      at.get().error("'" + name.get() + "' is no name: a-z, 0-9 and -, at most 64");
    }
    if (name.isPresent() && !named.add(name.get())) {
      at.get().error("duplicate receiver '" + name.get() + "'");
    }
    Language language =
        section
            .take("language")
            .flatMap(v -> v.word("language", List.of("zh", "en")))
            .flatMap(Language::of)
            .orElse(Language.ZH);
    List<String> kinds = ChannelReader.KINDS.stream().filter(section::has).toList();
    Map<String, Value> channels = new LinkedHashMap<>();
    ChannelReader.KINDS.forEach(
        kind -> section.take(kind).ifPresent(value -> channels.put(kind, value)));
    boolean misspelt = kinds.isEmpty() && section.hasUnknownLike(ChannelReader.KINDS);
    section.finish();
    if (misspelt) {
      return;
    }
    if (kinds.size() != 1) {
      item.error(
          kinds.isEmpty()
              ? "a receiver has a channel: one of " + String.join(", ", ChannelReader.KINDS)
              : "one channel a receiver: make '" + String.join("' and '", kinds) + "' two");
      return;
    }
    Optional<Section> channel = channels.get(kinds.get(0)).section();
    if (channel.isPresent() && name.isPresent()) {
      Path folder = file.toAbsolutePath().getParent();
      new ChannelReader(name.get(), channel.get(), folder, language, clock)
          .read(kinds.get(0))
          .ifPresent(notifier -> receivers.put(name.get(), notifier));
    }
  }

  private Optional<Route> route(Value item) {
    Optional<Section> read = item.as("route").section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    Level atLeast =
        section
            .take("at_least")
            .flatMap(v -> v.word("level", Arrays.asList(Level.values()), Level::id))
            .orElse(null);
    List<Family> families =
        words(section, "families", "family", Arrays.asList(Family.values()), Family::id);
    List<AlertEventKind> events =
        words(
            section, "events", "event", Arrays.asList(AlertEventKind.values()), AlertEventKind::id);
    List<String> communities = texts(section.take("communities"));
    List<String> sites = texts(section.take("sites"));
    List<String> to =
        section
            .require("to")
            .map(v -> v.words("receiver", List.copyOf(named), Function.identity()))
            .orElse(List.of());
    section.finish();
    return to.isEmpty()
        ? Optional.empty()
        : Optional.of(new Route(atLeast, families, communities, sites, new HashSet<>(events), to));
  }

  private static <T> List<T> words(
      Section section, String key, String kind, List<T> known, Function<T, String> id) {
    return section.take(key).map(v -> v.words(kind, known, id)).orElse(List.of());
  }

  private static List<String> texts(Optional<Value> value) {
    List<String> texts = new ArrayList<>();
    value.ifPresent(
        v ->
            (v.isList() ? v.items() : List.of(v))
                .forEach(item -> item.text().ifPresent(texts::add)));
    return texts;
  }
}
