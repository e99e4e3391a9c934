package org.minusone.app.decode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.minusone.ingest.decode.Decoded;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.ingest.decode.TopicName;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Codecs;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/**
 * Decodes a message as ingest would, with ingest's own decoder; nothing is connected, nothing kept.
 *
 * @param site whose files count; null = none: every sensor is admitted
 * @param family of sensors whose topic names none, without a site; null = what fits best
 */
public record DryRun(SiteVersion site, Family family) {
  private static final int REMEMBERED = 10_000;

  /** A message as it came, or would come. */
  public record Message(String topic, byte[] payload) {}

  /**
   * @param choice what is spoken on the topic; null where the topic or its site is refused before
   * @param position of the choice in {@code codecs.yaml}, from 1; 0 = none there matches
   * @param readings in the payload's order
   * @param decoded what ingest's decoder said
   * @param assumed what was made up for want of a site, a line each
   */
  public record Outcome(
      CodecChoice choice,
      int position,
      List<Traced> readings,
      Decoded decoded,
      List<String> assumed) {}

  /** Whether messages on {@code topic} are for this site to read. */
  public static boolean isSpokenAt(SiteVersion site, String topic) {
    return decoder(site).choiceOn(topic).isPresent();
  }

  /**
   * @param before messages that come first: announcements that later ones need
   * @param client who publishes, {@code site/gateway}; null = nobody says
   */
  public Outcome decode(List<Message> before, Message message, Instant arrival, String client) {
    TopicName name = TopicName.parse(message.topic());
    MadeUp madeUp = new MadeUp(name, family);
    List<CodecChoice> codecs = site == null ? List.of() : site.codecs();
    return decode(madeUp, codecs, before, message, arrival.toEpochMilli(), client);
  }

  /** The same with {@code override} in place of what the site says is spoken there. */
  public Outcome decode(
      CodecChoice override, List<Message> before, Message message, Instant arrival, String client) {
    List<CodecChoice> codecs = new ArrayList<>();
    codecs.add(override);
    if (site != null) {
      site.codecs().stream()
          .filter(choice -> !choice.filter().equals(override.filter()))
          .forEach(codecs::add);
    }
    MadeUp madeUp = new MadeUp(TopicName.parse(message.topic()), family);
    return decode(madeUp, codecs, before, message, arrival.toEpochMilli(), client);
  }

  private Outcome decode(
      MadeUp madeUp,
      List<CodecChoice> codecs,
      List<Message> before,
      Message message,
      long arrivalMs,
      String client) {
    SiteVersion draft = site == null ? madeUp.site(codecs) : with(site, codecs);
    CodecChoice choice = decoder(draft).choiceOn(message.topic()).orElse(null);
    List<Heard.Value> heard =
        choice == null ? List.of() : heard(choice, draft, before, message, arrivalMs);
    SiteVersion whole = site == null && choice != null ? madeUp.site(codecs, choice, heard) : draft;
    ReadingDecoder decoder = decoder(whole);
    for (Message earlier : before) {
      decoder.decode(earlier.topic(), earlier.payload(), arrivalMs);
    }
    Decoded decoded =
        decoder.decode(
            message.topic(),
            TopicName.parse(message.topic()),
            message.payload(),
            arrivalMs,
            client);
    List<Traced> readings =
        choice == null ? List.of() : new Tracing(whole, choice).trace(decoded.readings(), heard);
    int position = choice == null ? 0 : codecs.indexOf(choice) + 1;
    return new Outcome(choice, position, readings, decoded, madeUp.assumed());
  }

  /** What the codec says of the message, told by one of its own. */
  private static List<Heard.Value> heard(
      CodecChoice choice, SiteVersion site, List<Message> before, Message message, long arrivalMs) {
    Codec codec;
    try {
      codec = Codecs.find(choice.codec()).orElseThrow().create(choice.options());
    } catch (IllegalArgumentException | NoSuchElementException e) {
      return List.of(); // the decoder refuses the message, and says why
    }
    ReadingDecoder sameSite = decoder(site);
    for (Message earlier : before) {
      if (sameSite.choiceOn(earlier.topic()).filter(choice::equals).isPresent()) {
        codec.decode(envelope(earlier, arrivalMs), new Heard());
      }
    }
    Heard heard = new Heard();
    if (message.payload().length <= ReadingDecoder.MAX_BYTES) {
      codec.decode(envelope(message, arrivalMs), heard);
    }
    return heard.values();
  }

  private static Envelope envelope(Message message, long arrivalMs) {
    TopicName name = TopicName.parse(message.topic());
    return new Envelope(
        message.topic(),
        name.sensor() == null ? null : name.sensor().value(),
        name.gateway(),
        message.payload(),
        arrivalMs);
  }

  private static ReadingDecoder decoder(SiteVersion site) {
    return new ReadingDecoder(new OneSite(site), run -> true, REMEMBERED);
  }

  private static SiteVersion with(SiteVersion site, List<CodecChoice> codecs) {
    return new SiteVersion(
        site.site(),
        site.version(),
        site.appliedAt(),
        site.appliedBy(),
        site.name(),
        site.zone(),
        site.demonstration(),
        site.sensors(),
        site.rules(),
        site.crews(),
        site.admitsUnknown(),
        site.gateways(),
        codecs);
  }

  /** A catalog of one site, whose runs are all open. */
  private record OneSite(SiteVersion only) implements SiteCatalog {
    @Override
    public Optional<SiteVersion> live(SiteId asked) {
      return asked.base().equals(only.site()) ? Optional.of(only) : Optional.empty();
    }

    @Override
    public Optional<Run> run(SiteId asked) {
      return asked.isRun() ? Optional.of(new Run(asked, 1, Instant.EPOCH, null)) : Optional.empty();
    }

    @Override
    public Collection<SiteVersion> sites() {
      return List.of(only);
    }

    @Override
    public Collection<Run> runs() {
      return List.of();
    }
  }
}
