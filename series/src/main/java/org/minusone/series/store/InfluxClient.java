package org.minusone.series.store;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.query.FluxTable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * influxdb-client-java's blocking write, and what its errors mean to us. (Its other write API
 * batches by itself and its close can interrupt a batch in flight.)
 */
final class InfluxClient implements AutoCloseable {
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;

  private final InfluxDBClient client;
  private final WriteApiBlocking api;
  private final URI base;
  private final OkHttpClient pings =
      new OkHttpClient.Builder().callTimeout(3, TimeUnit.SECONDS).build();

  InfluxClient(StoreConfig config) {
    this.base = config.url();
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectTimeout(3, TimeUnit.SECONDS)
            .readTimeout(30, TimeUnit.SECONDS)
            .writeTimeout(30, TimeUnit.SECONDS);
    if (config.username() != null) {
      String basic = Credentials.basic(config.username(), config.password());
      http.addInterceptor(
          chain ->
              chain.proceed(chain.request().newBuilder().header("Authorization", basic).build()));
    }
    if (config.kind() == StoreConfig.Kind.INFLUXDB1) {
      String database = config.database();
      http.addInterceptor(
          chain -> {
            Request request = chain.request();
            HttpUrl url = ofOnePointX(request.url(), database);
            return chain.proceed(request.newBuilder().url(url).build());
          });
    }
    InfluxDBClientOptions.Builder options =
        InfluxDBClientOptions.builder()
            .url(config.url().toString())
            .org(config.organization() == null ? "-" : config.organization())
            .bucket(config.bucket() == null ? "-" : config.bucket())
            .okHttpClient(http);
    if (config.token() != null) {
      options.authenticateToken(config.token().toCharArray());
    }
    this.client = InfluxDBClientFactory.create(options.build());
    this.api = client.getWriteApiBlocking();
  }

  /**
   * The address that InfluxDB 1.x takes line protocol at. ({@code /api/v2/write} came with 1.8 and
   * wants another kind of credentials.)
   */
  private static HttpUrl ofOnePointX(HttpUrl url, String database) {
    return url.newBuilder()
        .encodedPath(url.encodedPath().replace("/api/v2/write", "/write"))
        .query(null)
        .addQueryParameter("db", database)
        .addQueryParameter("precision", "ms")
        .build();
  }

  void write(List<String> lines) throws StoreRefused, StoreAway {
    try {
      api.writeRecord(WritePrecision.MS, String.join("\n", lines));
    } catch (InfluxException e) {
      if (isRefusal(e)) {
        throw new StoreRefused(brief(e));
      }
      throw new StoreAway(brief(e), e);
    }
  }

  /**
   * Runs a Flux query of InfluxDB 2.
   *
   * @return the rows of all tables, by column; a column without a value is null
   * @throws IOException if it refuses the query, fails in the middle of the answer, or is away
   */
  List<Map<String, Object>> query(String flux) throws IOException {
    try {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (FluxTable table : client.getQueryApi().query(flux)) {
        table.getRecords().forEach(row -> rows.add(row.getValues()));
      }
      return rows;
    } catch (InfluxException e) {
      throw new IOException("InfluxDB at " + base + ": " + brief(e) + " in: " + flux, e);
    }
  }

  /**
   * Whether the points are at fault. Credentials (401, 403), a missing bucket (404) and a busy
   * store (429, 5xx) are not theirs. QuestDB answers 500 to some lines it cannot take, and says so.
   */
  private static boolean isRefusal(InfluxException e) {
    return switch (e.status()) {
      case BAD_REQUEST, TOO_LARGE, UNPROCESSABLE -> true;
      case 500 -> String.valueOf(e.getMessage()).contains("failed to parse line protocol");
      default -> false;
    };
  }

  private static String brief(InfluxException e) {
    // The client knows the body of a 2.x and the header of a 1.x, which a proxy may take off.
    Object said = e.errorBody() == null ? null : e.errorBody().get("error");
    String message = said instanceof String words ? words : String.valueOf(e.getMessage());
    String all = (e.status() == 0 ? "" : "HTTP " + e.status() + ": ") + message;
    return all.length() > 300 ? all.substring(0, 300) + "…" : all;
  }

  /**
   * Asks {@code /ping}, which every kind of InfluxDB and QuestDB has. (The client's own ping does
   * so too, but logs a stack trace each time nobody answers.)
   */
  boolean answers() {
    Request ping = new Request.Builder().url(base.resolve("/ping").toString()).build();
    try (Response response = pings.newCall(ping).execute()) {
      return response.isSuccessful();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
