package org.minusone.ingest.decode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.CodecKind;
import org.minusone.ingest.decode.codec.Codecs;
import org.minusone.ingest.decode.codec.thingsboard.ThingsBoard;
import org.minusone.model.CodecChoice;
import org.minusone.model.RejectionReason;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/**
 * Which format is spoken on a topic, and whose it is. Made anew when a site has another version; a
 * codec whose choice stayed as it was goes on, with what it remembers.
 *
 * <p>Not thread-safe: the one thread that decodes owns it.
 */
final class Dialects {
  private static final String OURS = "sites/";

  /** What a version says, in the form that is asked on every message. */
  record OfSite(SiteVersion version, List<Dialect> dialects, Map<String, SensorId> aliases) {}

  /** A topic's site, and what is spoken there. */
  record Spoken(OfSite site, Dialect dialect) {}

  private final SiteCatalog catalog;
  private final Dialect standard;
  private final Map<SiteId, OfSite> sites = new HashMap<>();

  Dialects(SiteCatalog catalog) {
    this.catalog = catalog;
    this.standard =
        new Dialect(
            CodecChoice.of("#", ThingsBoard.KIND.id()),
            new Filter("#"),
            ThingsBoard.KIND.create(Map.of()));
  }

  /** On a topic under {@code sites/{site}}; empty for a site that is not known. */
  Optional<Spoken> of(SiteId site, String topic) {
    return catalog.live(site).map(live -> spoken(ofSite(live), site, topic));
  }

  private Spoken spoken(OfSite known, SiteId site, String topic) {
    if (!known.dialects().isEmpty()) {
      String[] levels = topic.split("/", -1);
      levels[1] = site.base().value();
      for (Dialect dialect : known.dialects()) {
        if (dialect.filter().matches(levels)) {
          return new Spoken(known, dialect);
        }
      }
    }
    return new Spoken(known, standard);
  }

  /** On a topic of another tree: the first site, by id, that has a choice for it. */
  Optional<Spoken> ofForeign(String topic) {
    String[] levels = null;
    for (SiteVersion live : inOrder(catalog.sites())) {
      for (Dialect dialect : ofSite(live).dialects()) {
        if (isForeign(dialect.choice().filter())) {
          levels = levels == null ? topic.split("/", -1) : levels;
          if (dialect.filter().matches(levels)) {
            return Optional.of(new Spoken(ofSite(live), dialect));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<SiteVersion> inOrder(Collection<SiteVersion> sites) {
    List<SiteVersion> ordered = new ArrayList<>(sites);
    ordered.sort((a, b) -> a.site().compareTo(b.site()));
    return ordered;
  }

  /** Whether it is a topic on which we speak and gateways listen. */
  boolean isAnswer(String topic) {
    return AnswerTopics.covers(catalog.sites(), topic);
  }

  /** What ingest is to subscribe to beside our own topics. */
  static Set<String> foreignFilters(Collection<SiteVersion> sites) {
    Set<String> filters = new TreeSet<>();
    for (SiteVersion site : sites) {
      for (CodecChoice choice : site.codecs()) {
        if (isForeign(choice.filter())) {
          filters.add(choice.filter());
        }
      }
    }
    return filters;
  }

  private static boolean isForeign(String filter) {
    return !filter.startsWith(OURS);
  }

  private OfSite ofSite(SiteVersion live) {
    OfSite known = sites.get(live.site());
    if (known != null && known.version() == live) {
      return known;
    }
    List<Dialect> dialects = new ArrayList<>();
    for (CodecChoice choice : live.codecs()) {
      dialects.add(
          known == null ? dialect(choice) : kept(known, choice).orElseGet(() -> dialect(choice)));
    }
    OfSite made = new OfSite(live, List.copyOf(dialects), live.aliases());
    sites.put(live.site(), made);
    return made;
  }

  private static Optional<Dialect> kept(OfSite known, CodecChoice choice) {
    return known.dialects().stream().filter(d -> d.choice().equals(choice)).findFirst();
  }

  private static Dialect dialect(CodecChoice choice) {
    return new Dialect(choice, new Filter(choice.filter()), codec(choice));
  }

  /** {@code site check} tells such choices; one that is applied all the same refuses, and why. */
  private static Codec codec(CodecChoice choice) {
    Optional<CodecKind> kind = Codecs.find(choice.codec());
    if (kind.isEmpty()) {
      return unusable("there is no codec " + choice.codec());
    }
    try {
      return kind.get().create(choice.options());
    } catch (IllegalArgumentException e) {
      return unusable(e.getMessage());
    }
  }

  private static Codec unusable(String why) {
    return (message, out) ->
        out.refuse(
            RejectionReason.BAD_PAYLOAD,
            "the format configured for this topic cannot be used: " + why);
  }
}
