package org.minusone.simulator.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.simulator.scenario.Value;

/**
 * The rows of a file that is not in order of time, in order of time: 32 bytes a row in arrays, so
 * that a few million fit where as many objects would not.
 */
final class RowTable implements RowSource {
  private final List<SensorId> names = new ArrayList<>();
  private final long[] timeMs;
  private final double[] number;
  private final int[] sensor;
  private final int[] line;
  private final byte[] family;
  private final byte[] quantity;
  private final byte[] word;
  private final int[] order;
  private int next;

  /**
   * @param size rows inside the time asked for, as the survey counted them
   * @throws UnreadableRecording if the file has changed since
   */
  RowTable(ReplayRequest request, int size) throws IOException {
    timeMs = new long[size];
    number = new double[size];
    sensor = new int[size];
    line = new int[size];
    family = new byte[size];
    quantity = new byte[size];
    word = new byte[size];
    int n = 0;
    Map<SensorId, Integer> index = new HashMap<>();
    try (Recording rows = new Recording(request.file(), request.families(), new Skipped())) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        if (!request.includes(row.timeMs())) {
          continue;
        }
        if (n == size) {
          throw new UnreadableRecording(request.file() + ": changed while it was read");
        }
        timeMs[n] = row.timeMs();
        sensor[n] = index.computeIfAbsent(row.sensor(), this::add);
        line[n] = (int) row.line();
        family[n] = (byte) row.family().ordinal();
        Value value = row.value();
        quantity[n] = (byte) value.quantity().ordinal();
        number[n] = value.number();
        word[n] = (byte) value.quantity().words().indexOf(value.word() == null ? "" : value.word());
        n++;
      }
    }
    order = inOrderOfTime(timeMs, n);
  }

  private int add(SensorId id) {
    names.add(id);
    return names.size() - 1;
  }

  /** Indices by time; those of one time as the file has them. */
  private static int[] inOrderOfTime(long[] times, int n) {
    int[] from = new int[n];
    Arrays.setAll(from, i -> i);
    int[] to = new int[n];
    // Merge sort from the bottom, on primitives: stable, and no boxed index a row.
    for (int width = 1; width < n; width *= 2) {
      for (int left = 0; left < n; left += 2 * width) {
        int middle = Math.min(left + width, n);
        int right = Math.min(left + 2 * width, n);
        int i = left;
        int j = middle;
        for (int k = left; k < right; k++) {
          boolean takeLeft = i < middle && (j >= right || times[from[i]] <= times[from[j]]);
          to[k] = takeLeft ? from[i++] : from[j++];
        }
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  @Override
  public double plannedMs(Pace pace) {
    double planned = 0;
    for (int i : order) {
      planned = pace.dueMs(timeMs[i]);
    }
    return planned;
  }

  @Override
  public Row next() {
    if (next == order.length) {
      return null;
    }
    int i = order[next++];
    Quantity what = Quantity.values()[quantity[i]];
    Value value =
        what.isWord() ? Value.of(what, what.words().get(word[i])) : Value.of(what, number[i]);
    return new Row(names.get(sensor[i]), Family.values()[family[i]], timeMs[i], value, line[i]);
  }

  @Override
  public void close() {}
}
