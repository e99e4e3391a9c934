package org.minusone.rules.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minusone.model.Level;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/** A case drawn: the value over time, the limits, and when what was said. */
final class CaseChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 236;
  private static final int LEFT = 46;
  private static final int RIGHT = 72;
  private static final int TOP = 14;
  private static final int PLOT_END = 168;

  /** Where forewarnings lie; what was reached lies below, for both may be at once. */
  private static final int STRIP = 178;

  private static final int REACHED = 192;
  private static final int STRIP_HEIGHT = 9;

  /** More points than that are not seen. */
  private static final int POINTS = 400;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter CLOCK_S = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm");
  private static final long[] STEPS_MS = {
    5_000,
    10_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    10_800_000,
    21_600_000,
    43_200_000,
    86_400_000,
    172_800_000,
    604_800_000
  };

  private CaseChart() {}

  static String draw(Case shown, Rule.Threshold rule, ZoneId zone, String label) {
    Svg svg = new Svg(WIDTH, HEIGHT, label);
    List<Reading> readings = thin(shown.readings());
    long to = Math.max(shown.toMs(), shown.fromMs() + 1000);
    Scale x = new Scale(shown.fromMs(), to, LEFT, WIDTH - RIGHT);
    double low = shown.limit();
    double high = shown.limit();
    for (Reading r : readings) {
      low = Math.min(low, r.value());
      high = Math.max(high, r.value());
    }
    double[] range = Scale.around(low, high);
    Scale y = new Scale(range[0], range[1], PLOT_END, TOP);
    axes(svg, x, y, shown.fromMs(), to, zone);
    limits(svg, rule.levels(), shown.limit(), y);
    strips(svg, shown, x);
    svg.raw("<path class=\"value\" d=\"" + path(readings, x, y) + "\"/>");
    marks(svg, shown, x, y);
    return svg.end();
  }

  private static void axes(Svg svg, Scale x, Scale y, long from, long to, ZoneId zone) {
    for (double tick : y.ticks(4)) {
      svg.line("grid", LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
      svg.text("axis", LEFT - 6, y.at(tick) + 4, "end", Decimals.text(tick, 3));
    }
    long step = STEPS_MS[STEPS_MS.length - 1];
    for (int i = STEPS_MS.length - 1; i >= 0; i--) {
      if ((to - from) / STEPS_MS[i] <= 5) {
        step = STEPS_MS[i];
      }
    }
    ZonedDateTime first = Instant.ofEpochMilli(from).atZone(zone);
    long offset = first.getOffset().getTotalSeconds() * 1000L;
    DateTimeFormatter format = step < 60_000 ? CLOCK_S : to - from > 86_400_000 ? DAY : CLOCK;
    for (long t = Math.floorDiv(from + offset, step) * step - offset; t <= to; t += step) {
      if (t >= from) {
        svg.line("tick", x.at(t), PLOT_END, x.at(t), PLOT_END + 4);
        svg.text(
            "axis",
            x.at(t),
            HEIGHT - 14,
            "middle",
            format.format(Instant.ofEpochMilli(t).atZone(zone)));
      }
    }
    svg.line("base", LEFT, PLOT_END, WIDTH - RIGHT, PLOT_END);
  }

  private static void limits(Svg svg, Map<Level, Rule.Limit> levels, double about, Scale y) {
    double ownY = y.at(about);
    double lastY = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Level, Rule.Limit> e : levels.entrySet()) {
      double limit = e.getValue().value();
      if (limit < y.low() || limit > y.high()) {
        continue;
      }
      boolean own = Math.abs(limit - about) < 1e-9;
      double at = y.at(limit);
      svg.line(own ? "limit own" : "limit", LEFT, at, WIDTH - RIGHT, at);
      if (own || Math.abs(at - lastY) > 17 && Math.abs(at - ownY) > 17) {
        svg.raw(Glyph.at(e.getKey(), true, WIDTH - RIGHT + 14, at, 18));
        svg.text("axis strong", WIDTH - RIGHT + 27, at + 4, "start", Decimals.text(limit, 3));
        lastY = at;
      }
    }
  }

  /** Hollow while forewarned, solid while a level was reached. */
  private static void strips(Svg svg, Case shown, Scale x) {
    double warned = Double.NaN;
    double reached = Double.NaN;
    Level warnedLevel = null;
    Level level = null;
    for (Signal s : shown.signals()) {
      double at = x.at(s.time().toEpochMilli());
      boolean forecastEnd =
          s.signal() == SignalKind.CLEARED && s.cause() != null && isForecastEnd(s.cause());
      if (s.signal() == SignalKind.FOREWARNED && Double.isNaN(warned)) {
        warned = at;
        warnedLevel = s.level();
      } else if (s.signal().isReached()) {
        if (!Double.isNaN(warned) && s.level().isAtLeast(warnedLevel)) {
          hollow(svg, warnedLevel, warned, at);
          warned = Double.NaN;
        }
        if (!Double.isNaN(reached)) {
          solid(svg, level, reached, at);
        }
        reached = at;
        level = s.level();
      } else if (forecastEnd && !Double.isNaN(warned)) {
        hollow(svg, warnedLevel, warned, at);
        warned = Double.NaN;
      } else if (s.signal() == SignalKind.CLEARED && !forecastEnd && !Double.isNaN(reached)) {
        solid(svg, level, reached, at);
        Level below = below(shown.signals(), s);
        reached = below == null ? Double.NaN : at;
        level = below;
      }
    }
    double end = WIDTH - RIGHT;
    if (!Double.isNaN(warned)) {
      hollow(svg, warnedLevel, warned, end);
    }
    if (!Double.isNaN(reached)) {
      solid(svg, level, reached, end);
    }
  }

  /** The level that is still active after {@code cleared}: the next one that is cleared later. */
  private static Level below(List<Signal> signals, Signal cleared) {
    boolean after = false;
    for (Signal s : signals) {
      after |= s == cleared;
      if (after && s != cleared) {
        if (s.signal().isReached()) {
          return null;
        }
        if (s.signal() == SignalKind.CLEARED && s.cause() != null && !isForecastEnd(s.cause())) {
          return s.alert().equals(cleared.alert()) ? s.level() : null;
        }
      }
    }
    return null;
  }

  private static boolean isForecastEnd(String cause) {
    return cause.equals("withdrawn") || cause.equals("expired") || cause.equals("gap");
  }

  private static void hollow(Svg svg, Level level, double from, double to) {
    svg.box("strip hollow l" + level.number(), from, STRIP + 1, to - from, STRIP_HEIGHT - 2);
  }

  private static void solid(Svg svg, Level level, double from, double to) {
    svg.box("strip solid l" + level.number(), from, REACHED, to - from, STRIP_HEIGHT);
  }

  private static void marks(Svg svg, Case shown, Scale x, Scale y) {
    for (Signal s : shown.signals()) {
      boolean reached = s.signal().isReached();
      if ((reached || s.signal() == SignalKind.FOREWARNED)
          && s.level() != null
          && s.value() != null) {
        double at = y.at(Math.max(y.low(), Math.min(y.high(), s.value())));
        svg.raw(Glyph.at(s.level(), !reached, x.at(s.time().toEpochMilli()), at, 18));
      }
    }
  }

  private static String path(List<Reading> readings, Scale x, Scale y) {
    StringBuilder path = new StringBuilder();
    long last = Long.MIN_VALUE;
    for (Reading r : readings) {
      // A line over an hour without readings would tell of a course that nobody saw.
      boolean gap = last == Long.MIN_VALUE || r.timeMs() - last > 3_600_000;
      path.append(gap ? 'M' : 'L').append(Svg.n(x.at(r.timeMs()))).append(' ');
      path.append(Svg.n(y.at(r.value())));
      last = r.timeMs();
    }
    return path.toString();
  }

  /** Of each stretch its lowest and its highest, so that no peak is lost. */
  private static List<Reading> thin(List<Reading> readings) {
    if (readings.size() <= POINTS) {
      return readings;
    }
    List<Reading> kept = new ArrayList<>();
    int size = readings.size();
    int steps = POINTS / 2;
    for (int i = 0; i < steps; i++) {
      List<Reading> part =
          readings.subList((int) ((long) i * size / steps), (int) ((long) (i + 1) * size / steps));
      Reading low = part.get(0);
      Reading high = part.get(0);
      for (Reading r : part) {
        low = r.value() < low.value() ? r : low;
        high = r.value() > high.value() ? r : high;
      }
      kept.add(low.timeMs() <= high.timeMs() ? low : high);
      if (low != high) {
        kept.add(low.timeMs() <= high.timeMs() ? high : low);
      }
    }
    return kept;
  }
}
