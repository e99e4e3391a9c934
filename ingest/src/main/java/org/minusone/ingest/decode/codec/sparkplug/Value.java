package org.minusone.ingest.decode.codec.sparkplug;

/**
 * A metric's value as it was transmitted; what it means may need the data type that its birth says.
 *
 * @param bits of an integer of either width, and 0 or 1 of a flag
 * @param text of a text; of what is neither number, flag nor text, how to call it
 */
record Value(Kind kind, long bits, double number, String text) {
  enum Kind {
    INTEGER,
    NUMBER,
    FLAG,
    TEXT,
    OTHER
  }

  static final int INT8 = 1;
  static final int INT16 = 2;
  static final int INT32 = 3;
  static final int INT64 = 4;
  static final int UINT8 = 5;
  static final int UINT16 = 6;
  static final int UINT32 = 7;
  static final int UINT64 = 8;
  static final int BOOLEAN = 11;

  /** An integer above this may be a negative one of some type. */
  private static final long SAME_IN_EVERY_TYPE = 127;

  static final Value NULL = other("null");
  static final Value NOTHING = other("no value");

  static Value integer(long bits) {
    return new Value(Kind.INTEGER, bits, Double.NaN, null);
  }

  static Value number(double number) {
    return new Value(Kind.NUMBER, 0, number, null);
  }

  static Value flag(boolean flag) {
    return new Value(Kind.FLAG, flag ? 1 : 0, Double.NaN, null);
  }

  static Value text(String text) {
    return new Value(Kind.TEXT, 0, Double.NaN, text);
  }

  static Value other(String called) {
    return new Value(Kind.OTHER, 0, Double.NaN, called);
  }

  boolean isInteger() {
    return kind == Kind.INTEGER;
  }

  /** Whether it is one number as a signed and another as an unsigned integer of some width. */
  boolean needsType() {
    return isInteger() && (bits < 0 || bits > SAME_IN_EVERY_TYPE);
  }

  /** What it is by its type. Senders differ in how far they extend a negative number's sign. */
  Value as(int datatype) {
    if (!isInteger()) {
      return this;
    }
    return switch (datatype) {
      case INT8 -> number((byte) bits);
      case INT16 -> number((short) bits);
      case INT32 -> number((int) bits);
      case INT64 -> number(bits);
      case UINT8 -> number(bits & 0xff);
      case UINT16 -> number(bits & 0xffff);
      case UINT32 -> number(bits & 0xffff_ffffL);
      case BOOLEAN -> flag(bits != 0);
      default -> number(unsigned());
    };
  }

  private double unsigned() {
    return bits >= 0 ? bits : (bits >>> 1) * 2.0;
  }

  /** As a person writes it in the options: {@code 1} for 1.0, {@code true}. */
  String written() {
    return switch (kind) {
      case FLAG -> bits == 0 ? "false" : "true";
      case INTEGER, NUMBER -> written(isInteger() ? unsigned() : number);
      case TEXT, OTHER -> text;
    };
  }

  private static String written(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
