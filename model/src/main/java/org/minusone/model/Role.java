package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person or a token may do. */
public enum Role {
  OPERATOR,
  CREW,
  ENGINEER,
  ADMIN;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Role of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
