package org.minusone.series;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.minusone.series.store.StoreConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A real InfluxDB 2 in a container, on the same port over restarts. */
final class InfluxDb2Container implements StoreServer {
  private static final String TOKEN = "a-token-of-the-test";

  private final int port;
  private final GenericContainer<?> container;

  InfluxDb2Container() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    this.container =
        new GenericContainer<>(DockerImageName.parse("influxdb:2.7"))
            .withEnv("DOCKER_INFLUXDB_INIT_MODE", "setup")
            .withEnv("DOCKER_INFLUXDB_INIT_USERNAME", "minusone")
            .withEnv("DOCKER_INFLUXDB_INIT_PASSWORD", "only-for-the-test")
            .withEnv("DOCKER_INFLUXDB_INIT_ORG", "city")
            .withEnv("DOCKER_INFLUXDB_INIT_BUCKET", "raw")
            .withEnv("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN", TOKEN)
            .withExposedPorts(8086)
            .waitingFor(Wait.forHttp("/ping").forPort(8086).forStatusCode(204))
            .withStartupTimeout(Duration.ofMinutes(3));
    container.setPortBindings(List.of("127.0.0.1:" + port + ":8086"));
  }

  @Override
  public void start() {
    if (!container.isCreated()) {
      container.start();
      return;
    }
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::answers);
  }

  private boolean answers() throws InterruptedException {
    try {
      HttpRequest ping = HttpRequest.newBuilder(config().url().resolve("/ping")).build();
      return HttpClient.newHttpClient()
              .send(ping, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 204;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void stop() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public StoreConfig config() {
    return StoreConfig.influxDb2(
        URI.create("http://" + container.getHost() + ":" + port), "city", "raw", TOKEN);
  }

  @Override
  public void close() {
    container.close();
  }
}
