package org.minusone.ingest.decode;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.minusone.ingest.decode.codec.Codecs;
import org.minusone.model.CodecChoice;
import org.minusone.model.SiteVersion;

/**
 * Topics on which gateways are spoken to: a frame is received, where a site has it confirmed;
 * Sparkplug nodes and devices: do this. No readings are expected there.
 */
public final class AnswerTopics {
  private static final String CONFIRMED = "sites/+/gateways/+/confirm";

  private AnswerTopics() {}

  /** Whether it is one by the codecs of these sites, or by its form. */
  public static boolean covers(Collection<SiteVersion> sites, String topic) {
    String[] levels = topic.split("/", -1);
    return isCommand(topic)
        || isHostState(topic)
        || Stream.concat(Stream.of(CONFIRMED), sites.stream().flatMap(site -> of(site, "+")))
            .anyMatch(answer -> new Filter(answer).matches(levels));
  }

  /** The filters of what a gateway ({@code +} = any) is answered on by the site's codecs. */
  public static Stream<String> of(SiteVersion site, String gateway) {
    return site.codecs().stream().flatMap(choice -> of(choice, gateway).stream());
  }

  private static Optional<String> of(CodecChoice choice, String gateway) {
    try {
      return Codecs.find(choice.codec()).flatMap(kind -> kind.answersOn(choice.options(), gateway));
    } catch (IllegalArgumentException e) {
      // Such a choice is refused by `site check`, and by ingest with every message.
      return Optional.empty();
    }
  }

  /** Sparkplug's {@code namespace/group/NCMD/node} and {@code namespace/group/DCMD/node/device}. */
  public static boolean isCommand(String topic) {
    String[] levels = topic.split("/", -1);
    return levels.length >= 4 && (levels[2].equals("NCMD") || levels[2].equals("DCMD"));
  }

  /** Sparkplug nodes watch whether their host is there; nobody's secret. */
  public static boolean isHostState(String topic) {
    String[] levels = topic.split("/", -1);
    return levels.length == 3 && levels[0].startsWith("spBv") && levels[1].equals("STATE");
  }
}
