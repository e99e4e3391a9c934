package org.minusone.simulator.replay;

import java.io.IOException;

/** Rows inside the time asked for, in order of time. */
interface RowSource extends AutoCloseable {
  /** The next; null at the end. */
  Row next() throws IOException;

  /** How long all of it takes by the wall clock at that pace, transport aside. */
  double plannedMs(Pace pace);

  @Override
  void close() throws IOException;

  /**
   * A file that is in order of time already: streamed, whatever its size.
   *
   * @param plannedMs as the survey found it
   */
  static RowSource streamed(ReplayRequest request, double plannedMs) throws IOException {
    Recording rows = new Recording(request.file(), request.families(), new Skipped());
    return new RowSource() {
      @Override
      public Row next() throws IOException {
        Row row = rows.next();
        while (row != null && !request.includes(row.timeMs())) {
          row = rows.next();
        }
        return row;
      }

      @Override
      public double plannedMs(Pace pace) {
        return plannedMs;
      }

      @Override
      public void close() throws IOException {
        rows.close();
      }
    };
  }
}
