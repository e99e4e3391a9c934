package org.minusone.ingest.mqtt;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Why a connection did not come about or ended, in one line for a person. */
final class ConnectProblem {
  private ConnectProblem() {}

  /**
   * @param tls null for plain TCP
   */
  static String of(Throwable problem, TlsClient tls) {
    Throwable cause = problem;
    while (cause instanceof MqttException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof MqttException mqtt) {
      return ofCode(mqtt);
    }
    if (cause instanceof UnknownHostException) {
      return "no such host: " + cause.getMessage();
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route to that host";
    }
    if (cause instanceof ConnectException) {
      return "nothing listens there (" + cause.getMessage() + ")";
    }
    if (cause instanceof SocketTimeoutException) {
      return "that host does not answer";
    }
    if (cause instanceof EOFException) {
      return "the other side closed the connection";
    }
    String alert = tls == null ? null : tls.alert(cause);
    if (alert != null) {
      return alert;
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static String ofCode(MqttException e) {
    return switch (e.getReasonCode()) {
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT ->
          "connected, but the other side does not answer: is it an MQTT broker?";
      case MqttClientException.REASON_CODE_CONNECTION_LOST ->
          "the other side closed the connection";
      case MqttClientException.REASON_CODE_WRITE_TIMEOUT -> "the broker fell silent";
      default -> ofReason(e.getReasonCode(), e.getMessage());
    };
  }

  /** An MQTT 5 reason code (and 3.1.1's return code 1) in words. */
  static String ofReason(int code, String otherwise) {
    String words =
        switch (code) {
          case 0x01, 0x84 -> "the broker speaks no MQTT 5";
          case 0x04, 0x86 -> "the broker refuses us: wrong user name or password";
          case 0x05, 0x87 ->
              "the broker refuses us: not authorized (user name, password or permission is wrong)";
          case 0x80 -> "the broker refuses, without saying why";
          case 0x85 -> "the broker refuses our client id";
          case 0x88 -> "the broker is not available";
          case 0x89 -> "the broker is busy";
          case 0x8A -> "the broker has banned us";
          case 0x8B -> "the broker is shutting down";
          case 0x8D -> "the broker did not hear from us in time";
          case 0x8E -> "another client connected under our client id";
          case 0x8F -> "the broker refuses the topic filter";
          case 0x93, 0x97 -> "the broker's limit for us is reached";
          case 0x95 -> "the broker found a packet of ours too large";
          case 0x9C, 0x9D -> "the broker sends us to another server, which we do not follow";
          case 0x9E -> "the broker offers no shared subscriptions";
          case 0x9F -> "the broker found that we connect too often";
          default -> null;
        };
    String number = "0x%02X".formatted(code);
    if (words != null) {
      return words + " (" + number + ")";
    }
    return otherwise == null ? "the broker says " + number : otherwise;
  }
}
