package org.minusone.app.embedded;

import io.questdb.Bootstrap;
import io.questdb.PropBootstrapConfiguration;
import io.questdb.ServerMain;
import io.questdb.griffin.SqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The series store (QuestDB) inside this JVM. One port is open, HTTP on loopback, and wants a user
 * and a password: without them any web page could run statements on it. It takes InfluxDB line
 * protocol at {@code /api/v2/write} and {@code /write}, statements at {@code /exec} and {@code
 * /exp}.
 */
public final class EmbeddedStore implements AutoCloseable {
  /** The measurement of the sites themselves; a run has {@code readings_{run}}. */
  public static final String READINGS = "readings";

  private static final Pattern TABLE = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,63}");
  private static final int RETENTION_DAYS = 90;

  private final Path dir;
  private final String user;
  private final String password;
  private int port;
  private ServerMain server;

  /**
   * @param dir of its own; made when it starts
   */
  public EmbeddedStore(Path dir, String user, String password) {
    this.dir = dir;
    this.user = user;
    this.password = password;
  }

  /**
   * Returns when it answers; the table {@link #READINGS} is there then.
   *
   * @throws StartProblem if it does not come up
   */
  public synchronized void start() throws StartProblem {
    port = FreePorts.again(port);
    try (QuietConsole quiet = new QuietConsole()) {
      Files.createDirectories(dir.resolve("conf"));
      Files.writeString(dir.resolve("conf/log.conf"), LOGGING);
      Files.writeString(dir.resolve("conf/server.conf"), "");
      server =
          new ServerMain(
              new Bootstrap(
                  new Configuration(settings()),
                  "-d",
                  dir.toRealPath().toString(),
                  // It is not to take over what SIGHUP does.
                  "-n"));
      server.start();
      server.awaitStartup();
      ensureTable(READINGS);
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw new StartProblem(
          "the embedded store on %s does not start: %s".formatted(dir, StartProblem.reason(e)), e);
    }
  }

  /** {@code http://127.0.0.1:port}, without a slash at the end. */
  public String url() {
    return "http://" + FreePorts.LOOPBACK + ":" + port;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /**
   * Makes a table of readings where there is none: {@link #READINGS} keeps 90 days, a run's has no
   * expiry. A point written again replaces itself.
   *
   * @param name {@code readings} or {@code readings_{run}}
   * @throws IllegalArgumentException for a name that could be more than a name
   */
  public void ensureTable(String name) {
    try {
      server.getEngine().execute(definition(name));
    } catch (SqlException e) {
      throw new IllegalStateException("table " + name + ": " + e.getFlyweightMessage(), e);
    }
  }

  /** The statement that makes such a table where there is none. */
  public static String definition(String name) {
    if (!TABLE.matcher(name).matches()) {
      throw new IllegalArgumentException("not a table of readings: " + name);
    }
    return """
        CREATE TABLE IF NOT EXISTS '%s' (
          timestamp TIMESTAMP,
          site SYMBOL CAPACITY 16,
          family SYMBOL CAPACITY 16,
          sensor SYMBOL CAPACITY 2048,
          quantity SYMBOL CAPACITY 32,
          value DOUBLE,
          state VARCHAR,
          flag INT
        ) TIMESTAMP(timestamp) PARTITION BY DAY%s WAL
        DEDUP UPSERT KEYS(timestamp, site, sensor, quantity)
        """
        .formatted(name, name.equals(READINGS) ? " TTL " + RETENTION_DAYS + " DAYS" : "");
  }

  /** Ends it in order; may be called twice. */
  @Override
  public synchronized void close() {
    if (server != null) {
      try (QuietConsole quiet = new QuietConsole()) {
        server.close();
      }
      server = null;
    }
  }

  /**
   * By the names of environment variables: names with dots are passed over silently here, and the
   * defaults then listen on every address.
   */
  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("QDB_HTTP_BIND_TO", FreePorts.LOOPBACK + ":" + port);
    settings.put("QDB_HTTP_USER", user);
    settings.put("QDB_HTTP_PASSWORD", password);
    settings.put("QDB_HTTP_MIN_ENABLED", "false");
    settings.put("QDB_PG_ENABLED", "false");
    settings.put("QDB_LINE_TCP_ENABLED", "false");
    settings.put("QDB_LINE_UDP_ENABLED", "false");
    settings.put("QDB_TELEMETRY_ENABLED", "false");
    settings.put("QDB_TELEMETRY_DISABLE_COMPLETELY", "true");
    settings.put("QDB_POSTHOG_ENABLED", "false");
    settings.put("QDB_METRICS_ENABLED", "false");
    settings.put("QDB_CONFIG_RELOAD_ENABLED", "false");
    // A misspelt field must be refused, not become a column.
    settings.put("QDB_LINE_AUTO_CREATE_NEW_COLUMNS", "false");
    settings.put("QDB_LINE_AUTO_CREATE_NEW_TABLES", "false");
    settings.put("QDB_CAIRO_MAX_UNCOMMITTED_ROWS", "50000");

    // Small, and quiet while idle: each worker would otherwise look for work every 10 ms.
    settings.put("QDB_SHARED_WORKER_COUNT", "1");
    settings.put("QDB_SHARED_NETWORK_WORKER_COUNT", "1");
    settings.put("QDB_SHARED_QUERY_WORKER_COUNT", "1");
    settings.put("QDB_SHARED_WRITE_WORKER_COUNT", "1");
    settings.put("QDB_WAL_APPLY_WORKER_COUNT", "1");
    settings.put("QDB_MAT_VIEW_REFRESH_WORKER_COUNT", "0");
    settings.put("QDB_CAIRO_MAT_VIEW_ENABLED", "false");
    settings.put("QDB_EXPORT_WORKER_COUNT", "0");
    settings.put("QDB_VIEW_COMPILER_WORKER_COUNT", "0");
    settings.put("QDB_HTTP_NET_CONNECTION_LIMIT", "64");
    settings.put("QDB_HTTP_RECEIVE_BUFFER_SIZE", "256K");
    settings.put("QDB_HTTP_SEND_BUFFER_SIZE", "256K");
    settings.put("QDB_LINE_HTTP_MAX_RECV_BUFFER_SIZE", "16M");
    settings.put("QDB_CAIRO_O3_COLUMN_MEMORY_SIZE", "64K");
    settings.put("QDB_CAIRO_WRITER_DATA_APPEND_PAGE_SIZE", "512K");
    settings.put("QDB_CAIRO_SYSTEM_WRITER_DATA_APPEND_PAGE_SIZE", "64K");
    settings.put("QDB_CAIRO_WAL_WRITER_DATA_APPEND_PAGE_SIZE", "256K");
    settings.put("QDB_CAIRO_SYSTEM_WAL_WRITER_DATA_APPEND_PAGE_SIZE", "64K");
    settings.put("QDB_CAIRO_WRITER_DATA_INDEX_KEY_APPEND_PAGE_SIZE", "64K");
    settings.put("QDB_CAIRO_WRITER_DATA_INDEX_VALUE_APPEND_PAGE_SIZE", "128K");
    settings.put("QDB_CAIRO_SQL_COPY_BUFFER_SIZE", "64K");
    settings.put("QDB_RAM_USAGE_LIMIT_BYTES", "512M");

    // Pools and queues are filled at the start, to a heap of 100 MB; these grow when they must.
    for (String pool :
        List.of(
            "EXPRESSION",
            "COLUMN",
            "LEXER",
            "MODEL",
            "SQL_JOIN_CONTEXT",
            "SQL_WITH_CLAUSE_MODEL",
            "SQL_WINDOW_COLUMN",
            "SQL_RENAME_TABLE_MODEL",
            "SQL_INSERT_MODEL",
            "SQL_VIEW_LEXER",
            "SQL_COLUMN_CAST_MODEL",
            "SQL_EXPLAIN_MODEL",
            "SQL_COMPILE_VIEW_MODEL",
            "SQL_PIVOT_COLUMN",
            "SQL_GROUPBY",
            "CREATE_TABLE_COLUMN_MODEL",
            "SQL_COPY_MODEL",
            "CHARACTER_STORE_SEQUENCE")) {
      settings.put("QDB_CAIRO_" + pool + "_POOL_CAPACITY", "16");
    }
    for (String queue :
        List.of(
            "PAGE_FRAME_REDUCE",
            "UNORDERED_PAGE_FRAME_REDUCE",
            "VECTOR_AGGREGATE",
            "LATESTBY",
            "COLUMN_INDEXER",
            "O3_CALLBACK",
            "O3_PARTITION",
            "O3_OPEN_COLUMN",
            "O3_COPY",
            "O3_UPD_PARTITION_SIZE",
            "O3_PURGE_DISCOVERY",
            "SQL_COLUMN_PURGE",
            "SQL_COPY",
            "SQL_COPY_EXPORT",
            "SQL_PARALLEL_GROUPBY_MERGE_SHARD",
            "SQL_PARALLEL_GROUPBY_TOPK",
            "QUERY_CACHE_EVENT")) {
      settings.put("QDB_CAIRO_" + queue + "_QUEUE_CAPACITY", "32");
    }
    return settings;
  }

  /** To a file beside the data, and only what went wrong: standard output is ours. */
  private static final String LOGGING =
      """
      writers=file
      queueDepth=128
      recordLength=4096
      w.file.class=io.questdb.log.LogRollingFileWriter
      w.file.location=${log.dir}/store.log.${date:yyyyMMdd}
      w.file.level=ERROR,CRITICAL
      w.file.rollEvery=day
      w.file.rollSize=8m
      w.file.lifeDuration=7d
      """;

  /** No banner, no web console unpacked into the data directory, no environment but ours. */
  private static final class Configuration extends PropBootstrapConfiguration {
    private final Map<String, String> settings;

    Configuration(Map<String, String> settings) {
      this.settings = settings;
    }

    @Override
    public String getBanner() {
      return "";
    }

    @Override
    public Map<String, String> getEnv() {
      return settings;
    }

    @Override
    public boolean useSite() {
      return false;
    }
  }
}
