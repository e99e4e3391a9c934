package org.minusone.alerting.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Command;

/**
 * Tells alerting itself what is due, once, and again where nothing came of it. A reminder that is
 * read twice changes nothing the second time.
 */
final class Reminders {
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final String CLOCK = "clock";

  private final Map<String, Instant> told = new HashMap<>();

  List<Command> due(OpenAlerts open, Instant now) {
    List<OpenAlerts.Owed> owed = open.due(now);
    Map<String, Instant> still = new HashMap<>();
    List<Command> reminders = new ArrayList<>();
    for (OpenAlerts.Owed one : owed) {
      String id = "due/" + one.alert().id() + "/" + one.at().toEpochMilli();
      Instant before = told.get(id);
      boolean again = before == null || !before.plus(AGAIN).isAfter(now);
      still.put(id, again ? now : before);
      if (again) {
        reminders.add(
            new Command(
                id,
                Command.Kind.DUE,
                one.alert().site(),
                one.alert().id(),
                CLOCK,
                null,
                now,
                null));
      }
    }
    told.clear();
    told.putAll(still);
    return reminders;
  }
}
