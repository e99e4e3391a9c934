package org.minusone.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one address may try within a minute; bounded in addresses. */
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

  /** Counts an attempt; false when it is one too many. */
  public synchronized boolean admit(String address) {
    Instant now = clock.instant();
    Window window = windows.remove(address);
    if (window == null || !now.isBefore(window.start().plus(WINDOW))) {
      window = new Window(now, 0);
    }
    while (windows.size() >= MOST_ADDRESSES) {
      windows.remove(windows.keySet().iterator().next());
    }
    windows.put(address, new Window(window.start(), window.count() + 1));
    return window.count() < most;
  }

  private record Window(Instant start, int count) {}
}
