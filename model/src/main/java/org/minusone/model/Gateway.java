package org.minusone.model;

import java.util.List;

/**
 * A gateway that may publish. Its id is its MQTT user name, as {@code site/gateway}; it may publish
 * under {@code sites/{site}/gateways/{id}/}, on the topics of the sensors whose gateway it is, and
 * on {@code topics}.
 *
 * @param passwordHash {@code pbkdf2-sha256:iterations:salt:hash}, both in base64; null = no
 *     password lets it in
 * @param certificate the subject's common name that lets it in over mutual TLS; null = none does
 * @param messagesPerSecond beyond that its messages are delayed; 0 = no limit
 * @param topics further filters it may publish to ({@code spBv1.0/Fubao/+/edge-1/#}), for formats
 *     with topics of their own
 */
public record Gateway(
    String id,
    Text name,
    String passwordHash,
    String certificate,
    double messagesPerSecond,
    List<String> topics) {
  public Gateway {
    topics = topics == null ? List.of() : List.copyOf(topics);
  }

  /** The hash stays inside. */
  @Override
  public String toString() {
    return "Gateway[" + id + "]";
  }
}
