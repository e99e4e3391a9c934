package org.minusone.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.minusone.model.Command;
import org.minusone.model.Provisional;
import org.minusone.model.Quarantined;
import org.minusone.model.RejectionReason;
import org.minusone.model.Retried;
import org.minusone.model.codec.Json;

/** What goes wrong in {@link DevConsole}, one of each kind, and ingest that tries it again. */
final class DevRejections {
  private record Case(
      RejectionReason reason, String topic, String client, String detail, int count, byte[] bytes) {
    static Case of(
        RejectionReason reason, String topic, String client, String detail, String payload) {
      return new Case(reason, topic, client, detail, 1, payload.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final byte[] FRAME = {
    0x40, 0x40, 0x07, 0x00, 0x01, 0x01, 0x12, 0x08, 0x0e, 0x18, 0x0b, 0x1a, 0x66, 0x55, 0x44, 0x33,
    0x22, 0x11, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01, 0x30, 0x00, 0x02, 0x02, 0x01, 0x01, 0x01, 0x17,
    0x01, 0x00, 0x23, 0x23
  };

  private static final Case[] CASES = {
    Case.of(
        RejectionReason.UNKNOWN_SENSOR,
        "sites/fubao/smoke/S-999/readings",
        "fubao/gw-shixia-3",
        "S-999 is not registered at fubao",
        "{\"ts\":1795500000000,\"values\":{\"obscuration\":0.012,\"battery\":88}}"),
    Case.of(
        RejectionReason.BAD_PAYLOAD,
        "sites/fubao/hazmat-storage/H-05/readings",
        null,
        "line 1, column 19: a comma is missing between two fields",
        "{\"temperature\":21.4 \"humidity\":55}"),
    new Case(
        RejectionReason.BAD_PAYLOAD,
        "sites/fubao/gateways/gw-fire-1/readings",
        "fubao/gw-fire-1",
        "checksum 0x17 of the frame, counted 0x3e",
        1,
        FRAME),
    Case.of(
        RejectionReason.UNKNOWN_UNIT,
        "sites/fubao/gateways/gw-yitian-1/readings",
        "fubao/gw-yitian-1",
        "F-04 depth: no conversion from furlong to cm",
        "[{\"bn\":\"F-04\",\"n\":\"depth\",\"u\":\"furlong\",\"v\":0.002}]"),
    new Case(
        RejectionReason.UNKNOWN_QUANTITY,
        "sites/fubao/electrical/E-118/readings",
        "fubao/gw-xingang-2",
        "rssi is no quantity of electrical; to pass over it on purpose, list it under ignore in"
            + " codecs.yaml",
        12,
        "{\"rssi\":-71,\"residual-current\":214}".getBytes(StandardCharsets.UTF_8)),
    Case.of(
        RejectionReason.NO_BIRTH,
        "spBv1.0/Fubao/DDATA/edge-1/pump-2",
        "fubao/edge-1",
        "alias 17 before its BIRTH; a rebirth was asked for",
        "alias 17"),
    Case.of(
        RejectionReason.UNKNOWN_SENSOR,
        "sites/fubao/gateways/gw-shixia-3/readings",
        "fubao/gw-shixia-3",
        "70B3D57ED0051234 is not registered at fubao",
        "{\"70B3D57ED0051234\":[{\"temperature\":22}]}"),
    Case.of(
        RejectionReason.BAD_TOPIC,
        "site/fubao/smoke/S-0012/readings",
        null,
        "the topic begins with site, not sites",
        "{\"obscuration\":0.01}"),
  };

  private final FakeFeeds feeds;
  private final FakeSite site;
  private final InstantSource clock;
  private int number;

  DevRejections(FakeFeeds feeds, FakeSite site, InstantSource clock) {
    this.feeds = feeds;
    this.site = site;
    this.clock = clock;
  }

  void first(Instant now) {
    for (int i = 0; i < 240; i++) {
      next(now.minus(Duration.ofMinutes(240L - i)));
    }
    site.provisional.add(
        new Provisional(
            FakeSite.FUBAO,
            "S-999",
            org.minusone.model.Family.SMOKE,
            null,
            false,
            now.minus(Duration.ofHours(4))));
  }

  void next(Instant now) {
    Case one = CASES[number++ * 5 % CASES.length];
    boolean isCut = number % 40 == 0;
    Quarantined entry =
        new Quarantined(
            now,
            one.reason() == RejectionReason.BAD_TOPIC ? "" : "fubao",
            one.topic(),
            one.client(),
            one.reason(),
            one.detail(),
            one.count(),
            isCut ? 90_000 : one.bytes().length,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f0" + (1000 + number),
            Base64.getEncoder().encodeToString(one.bytes()),
            null);
    feeds.rejected(now, "fubao", Json.bytes(entry));
  }

  /** Slowly enough to be watched. */
  void again(Command command) {
    var unused =
        CompletableFuture.runAsync(
            () -> {
              for (long entry : command.entries()) {
                again(entry, command);
              }
            },
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
  }

  private void again(long entry, Command command) {
    try {
      TimeUnit.MILLISECONDS.sleep(40);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Instant now = clock.instant();
    feeds.rejected(
        now,
        "fubao",
        Json.bytes(
            entry % 40 == 39
                ? Retried.refused(
                    entry, now, command.by(), command.id(), "64 KiB of 90 KB are kept")
                : Retried.done(entry, now, command.by(), command.id(), entry % 3 == 0 ? 4 : 1, 0)));
  }
}
