package org.minusone.model.port;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.Map;

/**
 * Where every reading went (CONTRACTS §6). Each term is counted by the part where it happens; here
 * they only stand side by side:
 *
 * <pre>
 * received                    = in_kafka + rejected + in_flight
 * in_kafka + carried          = evaluated + duplicate + late + waiting
 * in_kafka + carried_series   = stored + refused + unwritten
 * </pre>
 *
 * @param published by the simulator; 0 without one, like {@code acked}
 * @param carried the backlog that rules found when it started
 * @param carriedSeries the backlog that series found when it started
 */
public record Sums(
    long published,
    long acked,
    long received,
    long inKafka,
    long rejected,
    long inFlight,
    long evaluated,
    long duplicate,
    long late,
    long waiting,
    long stored,
    long refused,
    long unwritten,
    long carried,
    long carriedSeries) {

  /**
   * The terms of every instance, added up.
   *
   * @param site only this site's or run's; null = all. {@code waiting}, {@code unwritten} and the
   *     two carried are not told by site: they count for all in either case
   */
  public static Sums of(Collection<HealthReport> reports, String site) {
    return new Sums(
        term(reports, site, "simulator", "published"),
        term(reports, site, "simulator", "acked"),
        term(reports, site, "ingest", "received"),
        term(reports, site, "ingest", "in_kafka"),
        term(reports, site, "ingest", "rejected"),
        term(reports, site, "ingest", "in_flight"),
        term(reports, site, "rules", "evaluated"),
        term(reports, site, "rules", "duplicate"),
        term(reports, site, "rules", "late"),
        term(reports, site, "rules", "waiting"),
        term(reports, site, "series", "stored"),
        term(reports, site, "series", "refused"),
        term(reports, site, "series", "unwritten"),
        term(reports, site, "rules", "carried"),
        term(reports, site, "series", "carried"));
  }

  private static long term(
      Collection<HealthReport> reports, String site, String role, String term) {
    long sum = 0;
    for (HealthReport report : reports) {
      if (!report.role().equals(role)) {
        continue;
      }
      for (Map.Entry<String, Map<String, Long>> row : report.health().counters().entrySet()) {
        if (site == null || row.getKey().isEmpty() || row.getKey().equals(site)) {
          sum += row.getValue().getOrDefault(term, 0L);
        }
      }
    }
    return sum;
  }

  /** What ingest received and neither kept, rejected nor still holds. */
  @JsonIgnore
  public long ingestDifference() {
    return received - inKafka - rejected - inFlight;
  }

  /** What Kafka has and rules neither worked off nor still has before it. */
  @JsonIgnore
  public long rulesDifference() {
    return inKafka + carried - evaluated - duplicate - late - waiting;
  }

  /** What Kafka has and the store neither has, refused nor still has before it. */
  @JsonIgnore
  public long seriesDifference() {
    return inKafka + carriedSeries - stored - refused - unwritten;
  }

  @JsonIgnore
  public boolean areEqual() {
    return ingestDifference() == 0 && rulesDifference() == 0 && seriesDifference() == 0;
  }
}
