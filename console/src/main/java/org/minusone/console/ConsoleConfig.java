package org.minusone.console;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.console.http.ConsoleTls;
import org.minusone.model.codec.Topics;

/**
 * @param host the address listened on; loopback unless somebody wants otherwise
 * @param port 0 picks a free one
 * @param address how browsers reach it, {@code https://console.example.org}; null = over loopback
 * @param names further Host headers that are ours, with their port where it is not the scheme's own
 * @param instance of this process, as its health reports name it
 * @param roles that must report and be well before the console calls the whole ready
 * @param versions of {@code kafka}, {@code mqtt} and {@code series}, for the pipeline page
 * @param memoryLimitMb what the process is meant to stay under; null where nobody said
 * @param heartbeat between two heartbeats on a stream
 * @param idle how long a connection may take nothing before it is closed
 * @param webFolder where the pages' files are read from while they are written; null = class path
 * @param accounts file of who may sign in with a password; null = nobody
 * @param tls null where the console speaks plain HTTP
 */
public record ConsoleConfig(
    String host,
    int port,
    String address,
    List<String> names,
    String instance,
    Topics topics,
    Set<String> roles,
    Map<String, String> versions,
    Integer memoryLimitMb,
    Duration heartbeat,
    Duration idle,
    Path webFolder,
    Path accounts,
    ConsoleTls tls) {

  public static final ConsoleConfig DEFAULT =
      new ConsoleConfig(
          "127.0.0.1",
          8080,
          null,
          List.of(),
          "main",
          Topics.DEFAULT,
          Set.of("ingest", "rules", "alerting"),
          Map.of(),
          1024,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          null,
          null,
          null);

  public ConsoleConfig {
    names = List.copyOf(names);
    roles = Set.copyOf(roles);
    versions = Map.copyOf(versions);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is 0 to 65535, not " + port);
    }
  }

  public ConsoleConfig withPort(int newPort) {
    return new ConsoleConfig(
        host,
        newPort,
        address,
        names,
        instance,
        topics,
        roles,
        versions,
        memoryLimitMb,
        heartbeat,
        idle,
        webFolder,
        accounts,
        tls);
  }

  public ConsoleConfig withInstance(String newInstance) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        newInstance,
        topics,
        roles,
        versions,
        memoryLimitMb,
        heartbeat,
        idle,
        webFolder,
        accounts,
        tls);
  }

  public ConsoleConfig withTopics(Topics newTopics) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        instance,
        newTopics,
        roles,
        versions,
        memoryLimitMb,
        heartbeat,
        idle,
        webFolder,
        accounts,
        tls);
  }

  public ConsoleConfig withVersions(Map<String, String> newVersions) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        instance,
        topics,
        roles,
        newVersions,
        memoryLimitMb,
        heartbeat,
        idle,
        webFolder,
        accounts,
        tls);
  }

  public ConsoleConfig withHeartbeat(Duration newHeartbeat) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        instance,
        topics,
        roles,
        versions,
        memoryLimitMb,
        newHeartbeat,
        idle,
        webFolder,
        accounts,
        tls);
  }

  public ConsoleConfig withIdle(Duration newIdle) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        instance,
        topics,
        roles,
        versions,
        memoryLimitMb,
        heartbeat,
        newIdle,
        webFolder,
        accounts,
        tls);
  }

  public ConsoleConfig withWebFolder(Path newFolder) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        instance,
        topics,
        roles,
        versions,
        memoryLimitMb,
        heartbeat,
        idle,
        newFolder,
        accounts,
        tls);
  }

  public ConsoleConfig withAccounts(Path newAccounts) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        instance,
        topics,
        roles,
        versions,
        memoryLimitMb,
        heartbeat,
        idle,
        webFolder,
        newAccounts,
        tls);
  }

  public ConsoleConfig withTls(ConsoleTls newTls) {
    return new ConsoleConfig(
        host,
        port,
        address,
        names,
        instance,
        topics,
        roles,
        versions,
        memoryLimitMb,
        heartbeat,
        idle,
        webFolder,
        accounts,
        newTls);
  }

  /** Whether browsers come over TLS, so that the session cookie may travel over nothing else. */
  boolean isSecure() {
    return tls != null || (address != null && address.startsWith("https://"));
  }
}
