package org.minusone.app.site;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.minusone.app.topic.TableFollower;
import org.minusone.model.Provisional;
import org.minusone.model.Run;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.model.port.RunLog;
import org.minusone.model.port.SensorSightings;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code site}: followed for the live versions and the runs, and written to apply a
 * version or to open and end a run. Keys are {@code site/kind/id/hash}; a manifest's is {@code
 * site/manifest/live/-}, a run's {@code site@run/run/run/-}, that of a sensor nobody registered
 * {@code site/provisional/{name}/-}.
 */
public final class SiteTable implements SiteCatalog, RunLog, SensorSightings, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteTable.class);
  private static final String MANIFEST = "manifest/live/-";
  private static final String PREVIOUS = "manifest/previous/-";
  private static final String RUN = "run/run/-";
  private static final String PROVISIONAL = "provisional/";
  private static final int MOST_PROVISIONAL = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String topic;
  private final TableFollower follower;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<SiteId, Map<String, byte[]>> entities = new HashMap<>();
  private final Map<SiteId, SiteManifest> manifests = new HashMap<>();
  private final Map<SiteId, SiteVersion> live = new ConcurrentHashMap<>();
  private final Map<SiteId, Run> runs = new ConcurrentHashMap<>();
  private final Map<SiteId, Map<String, Provisional>> provisional = new ConcurrentHashMap<>();

  public SiteTable(Map<String, Object> kafka, String topic) {
    this.topic = topic;
    this.follower = new TableFollower(kafka, topic, this::apply);
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  public void start() throws InterruptedException {
    follower.start(PATIENCE);
  }

  private synchronized void apply(String key, byte[] value) {
    int slash = key.indexOf('/');
    SiteId site = new SiteId(key.substring(0, slash));
    String rest = key.substring(slash + 1);
    switch (rest) {
      case MANIFEST -> {
        if (value != null) {
          goLive(site, Json.read(value, SiteManifest.class));
        }
      }
      case PREVIOUS -> {
        // Written for the deleting of what two manifests no longer name; nothing to follow.
      }
      case RUN -> {
        if (value == null) {
          runs.remove(site);
        } else {
          runs.put(site, Json.read(value, Run.class));
        }
      }
      default -> {
        if (rest.startsWith(PROVISIONAL)) {
          applyProvisional(site, rest, value);
          return;
        }
        Map<String, byte[]> known = entities.computeIfAbsent(site, s -> new HashMap<>());
        if (value == null) {
          known.remove(rest);
        } else {
          known.put(rest, value);
        }
      }
    }
  }

  private void applyProvisional(SiteId site, String rest, byte[] value) {
    Map<String, Provisional> known =
        provisional.computeIfAbsent(site, s -> new ConcurrentHashMap<>());
    if (value == null) {
      known.remove(rest);
    } else {
      known.put(rest, Json.read(value, Provisional.class));
    }
  }

  private void goLive(SiteId site, SiteManifest manifest) {
    SiteManifest before = manifests.get(site);
    if (before != null && before.version() > manifest.version()) {
      LOG.warn(
          "{} version {} came after {}: passed over", site, manifest.version(), before.version());
      return;
    }
    Optional<SiteVersion> version =
        SiteEntities.join(site, manifest, entities.getOrDefault(site, Map.of()));
    if (version.isEmpty()) {
      LOG.error("{} version {} is not whole, staying with what is live", site, manifest.version());
      return;
    }
    manifests.put(site, manifest);
    live.put(site, version.get());
    notifyAll();
  }

  /**
   * Makes {@code draft} the live version, unless it is the live one already.
   *
   * @return the version number that is live now
   */
  public int publish(SiteVersion draft, String by, Instant now) throws Exception {
    Map<String, byte[]> wanted = SiteEntities.split(draft);
    SiteManifest last;
    Set<String> known;
    synchronized (this) {
      last = manifests.get(draft.site());
      known = new HashSet<>(entities.getOrDefault(draft.site(), Map.of()).keySet());
    }
    if (last != null && last.entries().equals(wanted.keySet())) {
      return last.version();
    }
    SiteManifest next =
        new SiteManifest(last == null ? 1 : last.version() + 1, now, by, wanted.keySet());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Map.Entry<String, byte[]> entity : wanted.entrySet()) {
      if (!known.contains(entity.getKey())) {
        sent.add(send(draft.site(), entity.getKey(), entity.getValue()));
      }
    }
    if (last != null) {
      sent.add(send(draft.site(), PREVIOUS, Json.bytes(last)));
    }
    // A manifest must never name what the topic does not hold.
    awaitKept(draft.site(), sent);
    awaitKept(draft.site(), List.of(send(draft.site(), MANIFEST, Json.bytes(next))));
    for (String entry : known) {
      if (!wanted.containsKey(entry) && (last == null || !last.entries().contains(entry))) {
        send(draft.site(), entry, null);
      }
    }
    for (Map.Entry<String, Provisional> one :
        provisional.getOrDefault(draft.site(), Map.of()).entrySet()) {
      if (isRegistered(draft, one.getValue().name())) {
        send(draft.site(), one.getKey(), null);
      }
    }
    producer.flush();
    awaitLive(draft.site(), next.version());
    return next.version();
  }

  private void awaitKept(SiteId site, List<Future<RecordMetadata>> sent)
      throws IOException, InterruptedException {
    producer.flush();
    for (Future<RecordMetadata> one : sent) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IOException(
            site + " stays as it is: " + topic + " does not take it: " + e.getCause().getMessage(),
            e.getCause());
      }
    }
  }

  private static boolean isRegistered(SiteVersion site, String name) {
    return (SensorId.isValid(name) && site.sensor(new SensorId(name)).isPresent())
        || site.aliases().containsKey(name);
  }

  @Override
  public void heard(Provisional sensor) {
    Map<String, Provisional> known = provisional.getOrDefault(sensor.site(), Map.of());
    String rest = PROVISIONAL + sensor.name().replace('/', '|') + "/-";
    Provisional before = known.get(rest);
    boolean isNews = before == null || before.admitted() != sensor.admitted();
    if (isNews && known.size() < MOST_PROVISIONAL) {
      send(sensor.site(), rest, Json.bytes(sensor));
    }
  }

  @Override
  public Collection<Provisional> provisional(SiteId site) {
    SiteVersion now = live.get(site.base());
    return provisional.getOrDefault(site.base(), Map.of()).values().stream()
        .filter(one -> now == null || !isRegistered(now, one.name()))
        .sorted(Comparator.comparing(Provisional::name))
        .toList();
  }

  private synchronized void awaitLive(SiteId site, int version) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!live.containsKey(site) || live.get(site).version() < version) {
      long leftMs = (until - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        throw new IllegalStateException(site + " version " + version + " did not become live");
      }
      TimeUnit.MILLISECONDS.timedWait(this, leftMs);
    }
  }

  @Override
  public void put(Run run) throws Exception {
    producer
        .send(new ProducerRecord<>(topic, run.site() + "/" + RUN, Json.bytes(run)))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    runs.put(run.site(), run);
  }

  private Future<RecordMetadata> send(SiteId site, String rest, byte[] value) {
    return producer.send(
        new ProducerRecord<>(topic, site + "/" + rest, value),
        (metadata, failure) -> {
          if (failure != null) {
            LOG.error("could not write {}/{} to {}", site, rest, topic, failure);
          }
        });
  }

  @Override
  public Optional<SiteVersion> live(SiteId site) {
    return Optional.ofNullable(live.get(site.isRun() ? site.base() : site));
  }

  @Override
  public Optional<Run> run(SiteId site) {
    return Optional.ofNullable(runs.get(site));
  }

  @Override
  public Collection<SiteVersion> sites() {
    return List.copyOf(live.values());
  }

  @Override
  public Collection<Run> runs() {
    return List.copyOf(runs.values());
  }

  @Override
  public void close() {
    follower.close();
    producer.close(Duration.ofSeconds(2));
  }
}
