package org.minusone.bench.ingest;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.minusone.series.store.LineProtocol;

/**
 * What series is held against: the client's blocking write, one thread, the same points in batches
 * of the same size, their lines made beforehand. {@code BareWriter STORE POINTS}.
 */
final class BareWriter {
  private static final int BATCH = 5_000;

  private BareWriter() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = Child.claimOutput();
    int points = Integer.parseInt(arguments[1]);
    FixedSite site = FixedSite.fubao();
    List<String> lines = new ArrayList<>(points);
    for (int i = 0; i < points; i++) {
      String line = LineProtocol.lines(List.of(Prepared.reading(site, i))).get(0);
      lines.add(Servers.BARE_TABLE + line.substring(line.indexOf(',')));
    }
    String basic = Credentials.basic("minusone", Servers.PASSWORD);
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain.request().newBuilder().header("Authorization", basic).build()));
    InfluxDBClient client =
        InfluxDBClientFactory.create(
            InfluxDBClientOptions.builder()
                .url(arguments[0])
                .org("-")
                .bucket("-")
                .okHttpClient(http)
                .build());
    WriteApiBlocking write = client.getWriteApiBlocking();
    AtomicLong written = new AtomicLong();
    Thread writer =
        new Thread(
            () -> {
              for (int from = 0; from < points; from += BATCH) {
                List<String> batch = lines.subList(from, Math.min(points, from + BATCH));
                write.writeRecords(WritePrecision.MS, batch);
                written.addAndGet(batch.size());
              }
            });
    writer.setDaemon(true);
    writer.setUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    Child.serve(
        out,
        Map.of("ready", true),
        line -> {
          if (line.equals("start")) {
            writer.start();
          }
          return Map.of("count", written.get(), "refused", 0);
        });
    System.exit(0);
  }
}
