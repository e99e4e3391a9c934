package org.minusone.ingest.decode.codec.gbt26875;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.ingest.decode.codec.Timeline;
import org.minusone.model.RejectionReason;

/**
 * Frames of transmission devices, as many as a message holds; none of them goes over the end of
 * one.
 *
 * <p>Read are commands 2 (send data) and 5 (answer, with the same data). A sensor is called {@code
 * source} (the device itself), {@code source/type-address} (a system) or {@code
 * source/type-address/component}. Values leave in the order of their times.
 *
 * <p>With a topic to confirm on, every sound frame of command 2 is confirmed, whatever its data: it
 * was received, and is kept as readings or in the quarantine; sent again it would say the same. A
 * frame of command 2 with a wrong checksum, and one of a command that is not known, is denied, as
 * the standard wants it, so that its sender repeats it. What has no two ends is not answered.
 */
final class Gbt26875Codec implements Codec {
  private static final String ZONE = "zone";
  private static final String ADDRESSES = "addresses";
  private static final String BITS = "bits";

  /** Reasons of a message without measurements that are told. */
  private static final int MOST_REASONS = 4;

  private final Clock clock;
  private final Addresses addresses;
  private final ApplicationData data;

  /** Null where nothing is confirmed. */
  private final ConfirmTopic confirmTopic;

  Gbt26875Codec(Options options) {
    options.only(ZONE, ConfirmTopic.OPTION, ADDRESSES, BITS);
    this.clock = new Clock(zone(options));
    this.addresses = addresses(options);
    this.confirmTopic = ConfirmTopic.of(options).orElse(null);
    this.data = new ApplicationData(addresses, clock, options.part(BITS));
  }

  private static ZoneId zone(Options options) {
    String text = options.text(ZONE);
    try {
      return ZoneId.of(text == null ? "Asia/Shanghai" : text);
    } catch (DateTimeException e) {
      throw options.wrong(
          ZONE, "no such time zone: " + text + "; they are named as Asia/Shanghai is");
    }
  }

  private static Addresses addresses(Options options) {
    String text = options.text(ADDRESSES);
    if (text == null) {
      return Addresses.HEX;
    }
    for (Addresses known : Addresses.values()) {
      if (known.word().equals(text)) {
        return known;
      }
    }
    List<String> words = Arrays.stream(Addresses.values()).map(Addresses::word).toList();
    throw options.wrong(ADDRESSES, "no such way: " + text + Options.suggestion(text, words));
  }

  @Override
  public void decode(Envelope message, Entries out) {
    Reading reading = new Reading(message, out);
    Frames.find(message.payload(), reading);
    reading.end();
  }

  /** One message. */
  private final class Reading implements Frames.Sink, ApplicationData.Listener {
    private final Envelope message;
    private final Entries out;
    private final Timeline timeline = new Timeline();
    private final Set<String> reasons = new LinkedHashSet<>();
    private final List<Due> due = new ArrayList<>();
    private boolean refused;

    Reading(Envelope message, Entries out) {
      this.message = message;
      this.out = out;
    }

    @Override
    public void frame(Frame frame) {
      switch (frame.command()) {
        case Frame.SEND -> {
          due.add(new Due(frame, Frame.CONFIRM));
          data.read(frame, timeline, this);
        }
        case Frame.ANSWER -> data.read(frame, timeline, this);
        case Frame.CONTROL, Frame.REQUEST ->
            nothing("a command of the centre, number " + frame.serial());
        case Frame.CONFIRM -> nothing("a confirmation of number " + frame.serial());
        case Frame.DENY -> nothing("a denial of number " + frame.serial());
        default -> {
          due.add(new Due(frame, Frame.DENY));
          badPayload(
              "frame at byte "
                  + frame.start()
                  + " ("
                  + frame.serial()
                  + " of "
                  + addresses.source(frame)
                  + "): there is no command "
                  + frame.command());
        }
      }
    }

    @Override
    public void broken(Frame frame, String detail) {
      if (frame != null && frame.command() == Frame.SEND) {
        due.add(new Due(frame, Frame.DENY));
      }
      badPayload(detail);
    }

    @Override
    public void nothing(String why) {
      if (reasons.size() <= MOST_REASONS) {
        reasons.add(reasons.size() < MOST_REASONS ? why : "and more");
      }
    }

    @Override
    public void badPayload(String detail) {
      refuse(RejectionReason.BAD_PAYLOAD, detail);
    }

    @Override
    public void unknownWord(String detail) {
      refuse(RejectionReason.UNKNOWN_WORD, detail);
    }

    private void refuse(RejectionReason reason, String detail) {
      refused = true;
      out.refuse(reason, detail);
    }

    void end() {
      if (message.payload().length == 0) {
        badPayload("the payload is empty, a frame begins with @@ (40 40)");
      }
      timeline.tell(message.arrivalMs(), out);
      if (timeline.isEmpty() && !refused) {
        out.nothing(String.join("; ", reasons));
      }
      if (confirmTopic != null && !due.isEmpty()) {
        answer();
      }
    }

    private void answer() {
      if (confirmTopic.namesGateway() && message.gateway() == null) {
        refuse(
            RejectionReason.BAD_TOPIC,
            "nothing is confirmed: the option confirm-topic has {gateway}, and this topic names"
                + " none");
        return;
      }
      for (Due reply : due) {
        out.answer(
            confirmTopic.with(message.gateway(), addresses.source(reply.frame)),
            Reply.to(reply.frame, reply.command, message.arrivalMs(), clock));
      }
    }
  }

  /** A frame that is to be answered, and the command to do it with. */
  private record Due(Frame frame, int command) {}
}
