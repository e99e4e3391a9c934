package org.minusone.ingest.decode.codec.senml;

import java.util.HashMap;
import java.util.Map;

/** The fields of a record (RFC 8428, table 1): JSON label and CBOR label. */
enum Label {
  BASE_VERSION("bver", -1),
  BASE_NAME("bn", -2),
  BASE_TIME("bt", -3),
  BASE_UNIT("bu", -4),
  BASE_VALUE("bv", -5),
  BASE_SUM("bs", -6),
  NAME("n", 0),
  UNIT("u", 1),
  VALUE("v", 2),
  STRING_VALUE("vs", 3),
  BOOLEAN_VALUE("vb", 4),
  SUM("s", 5),
  TIME("t", 6),
  UPDATE_TIME("ut", 7),
  DATA_VALUE("vd", 8);

  private static final Map<String, Label> BY_JSON = new HashMap<>();
  private static final Map<String, Label> BY_CBOR = new HashMap<>();

  static {
    for (Label label : values()) {
      BY_JSON.put(label.json, label);
      BY_CBOR.put(label.json, label);
      BY_CBOR.put(Integer.toString(label.cbor), label);
    }
  }

  private final String json;
  private final int cbor;

  Label(String json, int cbor) {
    this.json = json;
    this.cbor = cbor;
  }

  /**
   * The field with this key; null for none of ours.
   *
   * @param cbor whether numbers stand for labels, too
   */
  static Label of(String key, boolean cbor) {
    return (cbor ? BY_CBOR : BY_JSON).get(key);
  }

  boolean isBase() {
    return cbor < 0;
  }

  @Override
  public String toString() {
    return json;
  }
}
