package org.minusone.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one address, or one name, may try within a minute; bounded in addresses. */
public final class Attempts {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 10_000;

  private final InstantSource clock;
  private final int most;
  private final Map<String, Window> windows = new LinkedHashMap<>();

  public Attempts(InstantSource clock, int mostPerMinute) {
    this.clock = clock;
    this.most = mostPerMinute;
  }

  /** Of one attempt. */
  public enum Admission {
    ADMITTED,
    /** The first that is too many: worth telling once, and not each time. */
    FIRST_REFUSED,
    REFUSED
  }

  /** Counts an attempt; false when it is one too many. */
  public boolean admit(String address) {
    return attempt(address) == Admission.ADMITTED;
  }

  public synchronized Admission attempt(String address) {
    Instant now = clock.instant();
    Window window = windows.remove(address);
    if (window == null || !now.isBefore(window.start().plus(WINDOW))) {
      window = new Window(now, 0);
    }
    while (windows.size() >= MOST_ADDRESSES) {
      windows.remove(windows.keySet().iterator().next());
    }
    windows.put(address, new Window(window.start(), window.count() + 1));
    if (window.count() < most) {
      return Admission.ADMITTED;
    }
    return window.count() == most ? Admission.FIRST_REFUSED : Admission.REFUSED;
  }

  private record Window(Instant start, int count) {}
}
