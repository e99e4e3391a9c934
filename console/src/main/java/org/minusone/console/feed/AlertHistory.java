package org.minusone.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.minusone.model.AlertEventKind;
import org.minusone.model.codec.Json;

/**
 * The events of one alert as JSON, oldest first. Each repeats the whole alert, so once it is closed
 * they are packed: a tenth of the bytes. Not thread-safe.
 */
final class AlertHistory {
  /** Beyond it the oldest event that only moved a forecast goes. */
  private static final int MOST = 500;

  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  private record Kept(AlertEventKind kind, byte[] json) {}

  private List<Kept> events = new ArrayList<>();
  private byte[] packed;

  void add(AlertEventKind kind, byte[] json) {
    unpack();
    events.add(new Kept(kind, json));
    if (events.size() > MOST) {
      dropOne();
    }
  }

  private void dropOne() {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).kind() == AlertEventKind.UPDATED) {
        events.remove(i);
        return;
      }
    }
    events.remove(1);
  }

  void pack() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      for (Kept event : events) {
        out.write(event.json());
        out.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    packed = bytes.toByteArray();
    events = List.of();
  }

  List<JsonNode> read() {
    List<JsonNode> nodes = new ArrayList<>();
    for (byte[] json : lines()) {
      nodes.add(Json.read(json, JsonNode.class));
    }
    return nodes;
  }

  private void unpack() {
    if (packed == null) {
      return;
    }
    List<Kept> all = new ArrayList<>();
    for (byte[] json : lines()) {
      JsonNode kind = Json.read(json, JsonNode.class).path("kind");
      all.add(new Kept(Json.MAPPER.convertValue(kind, AlertEventKind.class), json));
    }
    events = all;
    packed = null;
  }

  private List<byte[]> lines() {
    if (packed == null) {
      return events.stream().map(Kept::json).toList();
    }
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return split(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> split(byte[] all) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        byte[] line = new byte[i - start];
        System.arraycopy(all, start, line, 0, line.length);
        lines.add(line);
        start = i + 1;
      }
    }
    return lines;
  }
}
