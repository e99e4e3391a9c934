package org.minusone.alerting.notify;

import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.at;
import static org.minusone.alerting.Store7.id;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.minusone.alerting.Store7;
import org.minusone.alerting.lifecycle.AlertLifecycle;
import org.minusone.alerting.lifecycle.Episode;
import org.minusone.alerting.lifecycle.Input;
import org.minusone.alerting.lifecycle.Surroundings;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Level;
import org.minusone.model.Signal;

/** Events of an alert of store 7 as the lifecycle decides them. */
public final class Told {
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private Episode episode;
  private final List<Message.Earlier> earlier = new ArrayList<>();

  /** What a signal brings, decided at its own time. */
  public AlertEvent signal(Signal signal) {
    return follow(new Input.Told(signal), signal.time());
  }

  public AlertEvent command(Command command) {
    return follow(new Input.Asked(command), command.at());
  }

  public AlertEvent supersededBy(AlertEvent newer) {
    return follow(Input.Superseded.by(newer).orElseThrow(), newer.at());
  }

  /** The last of them. */
  private AlertEvent follow(Input input, Instant now) {
    List<AlertEvent> events = all(input, now);
    return events.get(events.size() - 1);
  }

  List<AlertEvent> all(Signal signal) {
    return all(new Input.Told(signal), signal.time());
  }

  private List<AlertEvent> all(Input input, Instant now) {
    List<AlertEvent> events =
        AlertLifecycle.decide(episode, input, Surroundings.of(Store7.site()), now);
    for (AlertEvent event : events) {
      episode = AlertLifecycle.evolve(episode, event);
    }
    return events;
  }

  /** The event as a message to a receiver that was told all before. */
  public Message message(AlertEvent event) {
    Message message =
        new Message(
            Delivery.id(event.id(), "here"),
            event,
            List.of(),
            ZONE,
            "https://console.example.org/alerts/" + event.alert().id(),
            List.copyOf(earlier));
    earlier.add(new Message.Earlier(event.id(), event.at()));
    return message;
  }

  public static Message forewarned() {
    Told told = new Told();
    return told.message(told.signal(Store7.foreseen("00:00", "00:00", Level.ALARM, 240)));
  }

  public static String alert() {
    return id(HEAT, "00:00");
  }

  public static Instant noon() {
    return at("00:00");
  }
}
