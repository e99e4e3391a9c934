package org.minusone.ingest.kafka;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.ingest.decode.Rejection;
import org.minusone.model.Quarantined;

/** Makes the entries of the topic {@code rejected} (CONTRACTS §3). */
final class Quarantine {
  /** Of a payload that is too large to be read, and so cannot be tried again; hashed whole. */
  static final int BEGINNING = 64 * 1024;

  /** What the entries of one message may keep together, beside its first. */
  private static final int MOST_TOGETHER = 64 * 1024;

  private Quarantine() {}

  /**
   * One entry a rejection. The payload rides in each while together they stay small, else in the
   * first alone: a large message full of errors must not be kept sixty-four times. Whatever may be
   * read is kept whole: it was acknowledged, and is to be taken in once it can be.
   */
  static List<Quarantined> entries(Origin origin, List<Rejection> rejections) {
    if (rejections.isEmpty()) {
      return List.of();
    }
    byte[] payload = origin.payload();
    String hash = sha256(payload);
    byte[] kept =
        payload.length <= ReadingDecoder.MAX_BYTES ? payload : Arrays.copyOf(payload, BEGINNING);
    String bytes = Base64.getEncoder().encodeToString(kept);
    boolean inEach = (long) kept.length * rejections.size() <= MOST_TOGETHER;
    List<Quarantined> entries = new ArrayList<>(rejections.size());
    for (Rejection rejection : rejections) {
      entries.add(
          new Quarantined(
              Instant.ofEpochMilli(origin.arrivalMs()),
              rejection.site(),
              origin.topic(),
              origin.client(),
              rejection.rejected().reason(),
              rejection.rejected().detail(),
              rejection.count(),
              payload.length,
              hash,
              inEach || entries.isEmpty() ? bytes : null,
              origin.retryOf()));
    }
    return entries;
  }

  private static String sha256(byte[] payload) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
