package org.minusone.series;

import io.questdb.ServerMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.minusone.series.store.StoreConfig;

/** QuestDB in this process, on loopback, with a password and no other open port. */
public final class EmbeddedQuestDb implements StoreServer {
  private final Path folder;
  private final int port;
  private ServerMain server;

  public EmbeddedQuestDb(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  @Override
  public void start() {
    server =
        ServerMain.create(
            folder.toString(),
            Map.of(
                "QDB_HTTP_BIND_TO", "127.0.0.1:" + port,
                "QDB_HTTP_USER", "minusone",
                "QDB_HTTP_PASSWORD", "random",
                "QDB_HTTP_MIN_ENABLED", "false",
                "QDB_PG_ENABLED", "false",
                "QDB_LINE_TCP_ENABLED", "false",
                "QDB_LINE_AUTO_CREATE_NEW_TABLES", "false",
                "QDB_LINE_AUTO_CREATE_NEW_COLUMNS", "false",
                "QDB_TELEMETRY_ENABLED", "false"));
    server.start();
  }

  @Override
  public void stop() {
    server.close();
    server = null;
  }

  @Override
  public StoreConfig config() {
    return StoreConfig.questDb(URI.create("http://127.0.0.1:" + port), "minusone", "random");
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
