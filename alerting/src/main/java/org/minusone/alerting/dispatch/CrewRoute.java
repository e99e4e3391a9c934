package org.minusone.alerting.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Alert;
import org.minusone.model.Crew;
import org.minusone.model.Job;

/**
 * Who is asked next. Of the crews whose area holds the place and that have the skill, those with
 * somebody on duty; among them one that is there for the community before one for the whole site,
 * then the least busy, then the order of the file; the district when nobody else is left. Within a
 * crew the members on duty one after the other, the lead last: who leads is asked when the others
 * did not answer. No crew has two jobs at one alert.
 */
public final class CrewRoute {
  private final List<Crew> crews;
  private final Map<String, Integer> busy;

  /**
   * @param crews as the site's files have them
   * @param busy open jobs by crew id; none = 0
   */
  public CrewRoute(Collection<Crew> crews, Map<String, Integer> busy) {
    this.crews = List.copyOf(crews);
    this.busy = Map.copyOf(busy);
  }

  /** Somebody to be asked. */
  public record Choice(Crew crew, Crew.Member member) {}

  /**
   * The next one.
   *
   * @param job its id: crews that have another open one at the alert are passed over
   * @param tried who was asked before; nobody is asked twice
   * @param current the crew that is asked now: its other members come before another crew's. Null =
   *     none
   */
  public Optional<Choice> next(
      Alert alert, String job, Instant at, Collection<Job.Tried> tried, String current) {
    List<Crew> able =
        new ArrayList<>(
            crews.stream()
                .filter(c -> covers(c, alert) && !hasAnother(alert, job, c.id()))
                .toList());
    able.sort(
        Comparator.comparing((Crew c) -> !c.id().equals(current))
            .thenComparing(Crew::district)
            .thenComparing(c -> c.communities().isEmpty())
            .thenComparing(c -> busy.getOrDefault(c.id(), 0)));
    return able.stream()
        .flatMap(crew -> member(crew, at, tried).map(m -> new Choice(crew, m)).stream())
        .findFirst();
  }

  /**
   * The next one of a crew that somebody chose by hand: also off its area, skill or duty.
   *
   * @param member null = whoever is next
   * @return empty where there is no such crew or member
   */
  public Optional<Choice> of(String crew, String member, Instant at) {
    Optional<Crew> chosen = crews.stream().filter(c -> c.id().equals(crew)).findFirst();
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    Optional<Crew.Member> who =
        member == null
            ? member(chosen.get(), at, List.of())
                .or(() -> chosen.get().members().stream().findFirst())
            : chosen.get().members().stream().filter(m -> m.id().equals(member)).findFirst();
    return who.map(m -> new Choice(chosen.get(), m));
  }

  /** Whether a crew is asked or sent to the alert by another open job than {@code job}. */
  static boolean hasAnother(Alert alert, String job, String crew) {
    return alert.jobs().stream()
        .anyMatch(j -> j.state().isOpen() && crew.equals(j.crew()) && !j.id().equals(job));
  }

  private static boolean covers(Crew crew, Alert alert) {
    String community =
        alert.place() == null || alert.place().community() == null
            ? null
            : alert.place().community().zh();
    return crew.covers(alert.family(), community);
  }

  private static Optional<Crew.Member> member(Crew crew, Instant at, Collection<Job.Tried> tried) {
    return crew.onDuty(at).stream()
        .filter(m -> tried.stream().noneMatch(t -> isSame(t, crew, m)))
        .min(Comparator.comparing(Crew.Member::lead));
  }

  private static boolean isSame(Job.Tried tried, Crew crew, Crew.Member member) {
    return crew.id().equals(tried.crew()) && member.id().equals(tried.member());
  }
}
