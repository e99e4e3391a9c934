package org.minusone.bench.ingest;

import java.io.PrintWriter;
import java.util.Locale;

/** The findings for a person. */
final class IngestTables {
  private IngestTables() {}

  static void print(PrintWriter out, IngestFindings found) {
    out.printf(
        "%s  %s, load average %.1f before, %.1f after%n",
        found.at(), found.machine(), found.loadBefore(), found.loadAfter());
    if (!found.bursts().isEmpty()) {
      out.printf(
          "%nMQTT to Kafka, burst   readings/s  messages/s  CPU us/message   bare messages/s"
              + "  CPU us/message  ratio%n");
      for (IngestFindings.Burst b : found.bursts()) {
        out.printf(
            Locale.ROOT,
            "%-21s %11.0f %11.0f %15.1f %17.0f %15.1f %6.2f%n",
            "%d session%s, %d a message"
                .formatted(b.sessions(), b.sessions() == 1 ? "" : "s", b.aMessage()),
            b.readingsPerSecond(),
            b.messagesPerSecond(),
            b.cpuMicros(),
            b.barePerSecond(),
            b.bareMicros(),
            b.ratio());
      }
      out.printf("target, 1 a message %62s <= %.1f%n", "", IngestFindings.MOST_RATIO);
    }
    if (!found.steady().isEmpty()) {
      out.printf(
          "%nsteady, ms to Kafka       p50    p90    p99    max  missing  behind  CPU us  bare%n");
      for (IngestFindings.Steady s : found.steady()) {
        out.printf(
            Locale.ROOT,
            "%6d messages/s       %6.0f %6.0f %6.0f %6.0f %8d %7.1f %7.1f %5.1f%n",
            s.perSecond(),
            s.p50Ms(),
            s.p90Ms(),
            s.p99Ms(),
            s.maxMs(),
            s.missing(),
            s.behindMs(),
            s.cpuMicros(),
            s.bareMicros());
      }
    }
    if (!found.writing().isEmpty()) {
      out.printf("%nKafka to QuestDB          points/s  CPU us/point%n");
      for (IngestFindings.Writing w : found.writing()) {
        out.printf(Locale.ROOT, "%-22s %11.0f %13.2f%n", w.writer(), w.perSecond(), w.cpuMicros());
      }
    }
    if (found.flat() != null) {
      IngestFindings.Flat f = found.flat();
      out.printf(
          Locale.ROOT,
          "%nKafka stopped for %d s: heap after collection %.1f MiB at first, %.1f at most, %.1f at"
              + " last%n%d messages meanwhile, %d lost; went on %.1f s after Kafka's start%n",
          f.seconds(),
          f.firstMb(),
          f.mostMb(),
          f.lastMb(),
          f.publishedMeanwhile(),
          f.lost(),
          f.resumedS());
    }
    out.printf("%n%s%n", found.targetsMet() ? "targets met" : "a target is missed");
    out.flush();
  }
}
