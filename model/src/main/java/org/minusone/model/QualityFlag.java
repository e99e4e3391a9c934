package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** QARTOD flags (US IOOS, Water Level manual v2.1). */
public enum QualityFlag {
  PASS(1),
  NOT_EVALUATED(2),
  /** Or of high interest: a fast rise is flagged so, and still raises. */
  SUSPECT(3),
  /** Never updates a forecast, never clears an alert. */
  FAIL(4),
  MISSING(9);

  private final int code;

  QualityFlag(int code) {
    this.code = code;
  }

  @JsonValue
  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException for a number that is no flag
   */
  @JsonCreator
  public static QualityFlag of(int code) {
    for (QualityFlag flag : values()) {
      if (flag.code == code) {
        return flag;
      }
    }
    throw new IllegalArgumentException("no such flag: " + code);
  }
}
