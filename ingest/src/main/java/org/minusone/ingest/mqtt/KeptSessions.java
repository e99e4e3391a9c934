package org.minusone.ingest.mqtt;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.minusone.model.codec.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a broker may keep for us: the client ids of our sessions and what each is subscribed to, in
 * a file, so that a later process can end what it no longer wants. Written before the broker is
 * told, so never less than the broker has.
 *
 * <p>Thread-safe.
 */
final class KeptSessions {
  private static final Logger log = LoggerFactory.getLogger(KeptSessions.class);

  private final Path file;
  private Map<String, Set<String>> sessions;
  private boolean failed;

  /**
   * @param file null = known only as long as this process lives
   */
  KeptSessions(Path file) {
    this.file = file;
  }

  synchronized Set<String> ids() {
    return new TreeSet<>(read().keySet());
  }

  synchronized Set<String> filters(String clientId) {
    return new TreeSet<>(read().getOrDefault(clientId, Set.of()));
  }

  synchronized void put(String clientId, Set<String> filters) {
    Set<String> now = new TreeSet<>(filters);
    if (!now.equals(read().put(clientId, now))) {
      write();
    }
  }

  synchronized void forget(String clientId) {
    if (read().remove(clientId) != null) {
      write();
    }
  }

  private Map<String, Set<String>> read() {
    if (sessions != null) {
      return sessions;
    }
    sessions = new TreeMap<>();
    if (file == null) {
      return sessions;
    }
    try {
      sessions.putAll(
          Json.MAPPER.readValue(
              Files.readAllBytes(file), new TypeReference<TreeMap<String, Set<String>>>() {}));
    } catch (NoSuchFileException e) {
      // The first start here.
    } catch (IOException e) {
      log.warn(
          "{} cannot be read: former MQTT sessions are left to expire ({})", file, e.toString());
    }
    return sessions;
  }

  private void write() {
    if (file == null) {
      return;
    }
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.write(draft, Json.bytes(sessions));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        log.warn(
            "{} cannot be written: what the broker keeps for us is not known after a restart ({})",
            file,
            e.toString());
      }
      failed = true;
    }
  }
}
