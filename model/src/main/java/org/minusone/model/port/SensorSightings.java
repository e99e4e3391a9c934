package org.minusone.model.port;

import org.minusone.model.Provisional;

/**
 * Where ingest writes that it hears a sensor nobody registered: the topic {@code site}. Returns at
 * once; told again, it changes nothing.
 */
@FunctionalInterface
public interface SensorSightings {
  void heard(Provisional sensor);
}
