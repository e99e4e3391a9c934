package org.minusone.console.http;

import java.util.List;
import java.util.Optional;
import org.minusone.console.access.Person;
import org.minusone.model.Crew;
import org.minusone.model.Role;
import org.minusone.model.port.SiteCatalog;

/** Whether a person who is let in as a crew is one of a live site's. */
final class KnownCrew {
  private KnownCrew() {}

  /**
   * @throws Problem 400 where there is no such crew, or it has no such member
   */
  static void check(Person person, SiteCatalog catalog) {
    if (person.role() != Role.CREW) {
      return;
    }
    List<Crew> crews = catalog.sites().stream().flatMap(s -> s.crews().stream()).toList();
    if (person.crew() == null) {
      throw Problem.badRequest("the role crew wants a crew: " + ids(crews));
    }
    Optional<Crew> crew = crews.stream().filter(c -> c.id().equals(person.crew())).findFirst();
    if (crew.isEmpty()) {
      throw Problem.badRequest("no crew '%s'; there are %s".formatted(person.crew(), ids(crews)));
    }
    List<String> members = crew.get().members().stream().map(Crew.Member::id).toList();
    if (person.member() != null && !members.contains(person.member())) {
      throw Problem.badRequest(
          "%s has no member '%s'; it has %s"
              .formatted(person.crew(), person.member(), String.join(", ", members)));
    }
  }

  private static String ids(List<Crew> crews) {
    return crews.isEmpty() ? "none" : String.join(", ", crews.stream().map(Crew::id).toList());
  }
}
