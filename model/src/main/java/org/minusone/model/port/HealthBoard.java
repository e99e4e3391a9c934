package org.minusone.model.port;

import java.util.Collection;

/** The newest report of every instance, as the topic {@code health} has them. */
public interface HealthBoard {
  Collection<HealthReport> latest();
}
