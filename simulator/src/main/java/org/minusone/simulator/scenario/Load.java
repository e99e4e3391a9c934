package org.minusone.simulator.scenario;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.minusone.model.Sensor;

/**
 * Calm readings at a fixed rate, the site's sensors in turn: for measuring, nothing happens in it.
 */
final class Load implements Scenario {
  static final String NAME = "load";

  private final Background background;
  private final List<Sensor> sensors;
  private final double perSecond;

  /**
   * @param perSecond messages (PUBLISHes) a second
   * @param most at most so many sensors; 0 = all
   * @throws IllegalArgumentException if a sensor would have to report more than once a millisecond
   */
  Load(Setting setting, double perSecond, int most) {
    this.background = new Background(setting.seed(), setting.zone());
    List<Sensor> all = Cast.byId(setting);
    this.sensors = most > 0 && most < all.size() ? all.subList(0, most) : all;
    this.perSecond = perSecond;
    if (!(perSecond > 0 && perSecond <= sensors.size() * 1000.0)) {
      throw new IllegalArgumentException(
          "load: %s messages a second; %d sensors allow more than 0, at most %d"
              .formatted(perSecond, sensors.size(), sensors.size() * 1000));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Report> before(Instant now) {
    return List.of();
  }

  @Override
  public Iterator<Report> from(Instant zero) {
    long zeroMs = zero.toEpochMilli();
    return new Iterator<>() {
      private long next;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Report next() {
        long at = zeroMs + 1 + (long) (next * 1000.0 / perSecond);
        Sensor sensor = sensors.get((int) (next++ % sensors.size()));
        return new Report(
            sensor.id(), sensor.family(), List.of(new Sample(at, background.values(sensor, at))));
      }
    };
  }

  @Override
  public List<Planned> plan(Instant zero) {
    return List.of();
  }
}
