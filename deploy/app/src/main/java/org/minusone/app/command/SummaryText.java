package org.minusone.app.command;

import java.io.PrintWriter;
import org.minusone.app.summary.DemoSummary;
import org.minusone.app.summary.Foreseen;
import org.minusone.model.port.Sums;

/** A demonstration's summary for a person. */
final class SummaryText {
  private SummaryText() {}

  static void print(PrintWriter out, DemoSummary summary) {
    Sums s = summary.readings();
    out.printf("%nready        after %.1f s%n", summary.readyS());
    out.printf("readings     published %,d, acknowledged %,d%n", s.published(), s.acked());
    out.printf(
        "             received %,d = in Kafka %,d + rejected %,d + in flight %,d%n",
        s.received(), s.inKafka(), s.rejected(), s.inFlight());
    out.printf(
        "             in Kafka %,d%s = evaluated %,d + duplicate %,d + late %,d + waiting %,d%n",
        s.inKafka(), carried(s.carried()), s.evaluated(), s.duplicate(), s.late(), s.waiting());
    out.printf(
        "             in Kafka %,d%s = stored %,d + refused %,d + unwritten %,d%n",
        s.inKafka(), carried(s.carriedSeries()), s.stored(), s.refused(), s.unwritten());
    out.printf("             %s%n", summary.sumsEqual() ? "the sums are equal" : "THE SUMS DIFFER");
    out.printf(
        "alerts       forewarned %d, raised %d, escalated %d, cleared %d%n",
        summary.alerts().forewarned(),
        summary.alerts().raised(),
        summary.alerts().escalated(),
        summary.alerts().cleared());
    for (Foreseen one : summary.foreseen()) {
      out.printf(
          "foreseen     %s %s to %s%s%n",
          one.sensor(),
          one.quantity().id(),
          one.limit(),
          one.leadS() == null
              ? ", not crossed yet"
              : ": crossed %.0f s after the forewarning".formatted(one.leadS()));
    }
    if (summary.latencyMs() != null) {
      out.printf(
          "latency      p50 %.0f, p90 %.0f, p99 %.0f ms from arrival to alert%n",
          summary.latencyMs().p50(), summary.latencyMs().p90(), summary.latencyMs().p99());
    }
    if (summary.rssMb() != null) {
      out.printf("memory       %d MB resident%n", summary.rssMb());
    }
    out.flush();
  }

  private static String carried(long carried) {
    return carried == 0 ? "" : " + carried %,d".formatted(carried);
  }
}
