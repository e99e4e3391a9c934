package org.minusone.app.interop;

/**
 * A broker with three doors on loopback: a plain one for anybody, one with TLS that wants {@code
 * ingest}'s or the gateway's password, one with TLS that wants a client's certificate.
 */
interface BrokerUnderTest extends AutoCloseable {
  String INGEST = "ingest";
  String INGEST_PASSWORD = "a password of ingest's";
  String GATEWAY = "fubao/gw-1";
  String GATEWAY_PASSWORD = "a password of the gateway's";

  /** Every door is open when it returns. */
  void start() throws Exception;

  /** In order, as an operator would; {@link #start} opens the same doors again. */
  void stop() throws Exception;

  int plainPort();

  int passwordPort();

  int certificatePort();

  @Override
  void close() throws Exception;
}
