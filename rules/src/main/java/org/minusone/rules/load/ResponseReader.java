package org.minusone.rules.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Text;

/**
 * What alerting does with a rule's alerts: {@code latched: true}, {@code re_alarm: 30m}, {@code
 * dispatch: {at: alarm, forewarned: true, checklist: [{zh: …, en: …}]}}.
 */
final class ResponseReader {
  private ResponseReader() {}

  /** Leaves the section to be finished. */
  static Rule.Response read(Section section) {
    boolean latched = section.take("latched").flatMap(Value::flag).orElse(false);
    Duration reAlarm = section.take("re_alarm").flatMap(Value::positiveDuration).orElse(null);
    Rule.Dispatch dispatch =
        section
            .take("dispatch")
            .map(value -> value.as("dispatch"))
            .flatMap(ResponseReader::dispatch)
            .orElse(null);
    return !latched && reAlarm == null && dispatch == null
        ? Rule.Response.NONE
        : new Rule.Response(latched, reAlarm, dispatch);
  }

  private static Optional<Rule.Dispatch> dispatch(Value value) {
    Optional<Section> read = value.section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    Optional<Value> at = section.take("at");
    Level level =
        at.flatMap(v -> v.word("level", Arrays.asList(Level.values()), Level::id)).orElse(null);
    boolean forewarned = section.take("forewarned").flatMap(Value::flag).orElse(false);
    List<Text> checklist = new ArrayList<>();
    for (Value item : section.take("checklist").map(Value::items).orElse(List.of())) {
      item.as("checklist").bilingual().ifPresent(checklist::add);
    }
    section.finish();
    if (at.isEmpty() && !forewarned) {
      value.error("'dispatch' never sends anybody: say at: LEVEL, forewarned: true, or both");
      return Optional.empty();
    }
    return Optional.of(new Rule.Dispatch(level, forewarned, checklist));
  }
}
