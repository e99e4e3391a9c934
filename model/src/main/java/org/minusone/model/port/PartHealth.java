package org.minusone.model.port;

import java.util.List;
import java.util.Map;

/**
 * What a part says of itself each second on the topic {@code health}.
 *
 * @param alive false once a worker of it died: the process is then unhealthy
 * @param connected whether its input is connected
 * @param lag records of its input that it has not worked off; 0 where it has none
 * @param checks what readiness asks for, by name
 * @param counters CONTRACTS §6's terms that are counted here, by site or run, then by term
 * @param gauges figures for the pipeline page, {@code in_flight_longest_ms}, {@code write_p99_ms};
 *     not summed
 */
public record PartHealth(
    boolean alive,
    boolean connected,
    long lag,
    List<Check> checks,
    Map<String, Map<String, Long>> counters,
    Map<String, Double> gauges) {

  /**
   * @param required whether readiness waits for it
   * @param detail for a person: what is missing, or what it found
   */
  public record Check(String name, boolean ok, boolean required, String detail) {}
}
