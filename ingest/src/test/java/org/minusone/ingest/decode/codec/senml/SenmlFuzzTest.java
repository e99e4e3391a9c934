package org.minusone.ingest.decode.codec.senml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Barrage;
import org.minusone.ingest.decode.codec.Told;

/** Packs made at random and bent at random, in both representations, under three ways to name. */
class SenmlFuzzTest {
  private static final int QUICK = 20_000;
  private static final int MANY = 1_000_000;
  private static final long SEED = 20_261_124;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CBORMapper CBOR = new CBORMapper();

  private static final List<Map<String, Object>> OPTIONS =
      List.of(
          Map.of(),
          Map.of("quantity-by-unit", true, "words", Map.of("humidity", Map.of("40", "normal"))),
          Map.of(
              "name",
              "(?<sensor>([A-Za-z0-9:.-]+)+)/(?<quantity>[a-z]*)",
              "quantity-by-unit",
              Map.of("Cel", "temperature")));

  private static final List<String> FRAGMENTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          "\"",
          "null",
          "NaN",
          "-Infinity",
          "1e999",
          "-",
          "\"bver\":11,",
          "\"bver\":5,",
          "\"x_\":1,",
          "\"bx_\":1,",
          "\"bn\":\"a/b:\",",
          "\"t\":268435456,",
          "\"bt\":1.7e9,",
          "\"bt\":1.7e12,",
          "\"s\":1,",
          "\"vd\":\"aGk\",",
          "\"vb\":true,",
          "\"bv\":null,",
          "\"u\":\"\",",
          "/",
          ":",
          "[".repeat(100),
          "\ud83d",
          "\\u0000",
          "9".repeat(70),
          "\"" + "n".repeat(300) + "\":1,");

  private static final List<byte[]> CBOR_FRAGMENTS =
      List.of(
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0x9f},
          new byte[] {(byte) 0xbf},
          new byte[] {(byte) 0xf6},
          new byte[] {(byte) 0xf7},
          new byte[] {(byte) 0xf9, 0x7e, 0},
          new byte[] {(byte) 0xf9, 0x7c, 0},
          new byte[] {(byte) 0xc4, (byte) 0x82, 0x20, 0x18, (byte) 0xd7},
          new byte[] {(byte) 0xc4, (byte) 0x82, 0x1a, 0x7f, -1, -1, -1, 1},
          new byte[] {(byte) 0xc4, (byte) 0x82, 0x3a, 0x7f, -1, -1, -1, 1},
          new byte[] {(byte) 0xc5, (byte) 0x82, 0x20, 3},
          new byte[] {(byte) 0xc2, 0x49, 1, 2, 3, 4, 5, 6, 7, 8, 9},
          new byte[] {(byte) 0xd9, (byte) 0xd9, (byte) 0xf7},
          new byte[] {(byte) 0x9b, 0x7f, -1, -1, -1, -1, -1, -1, -1},
          new byte[] {(byte) 0x7a, 0x7f, -1, -1, -1},
          new byte[] {(byte) 0x5b, -1, -1, -1, -1, -1, -1, -1, -1},
          new byte[] {0x62, 0x78, 0x5f, 1},
          new byte[] {0x7f, 0x61, 0x61, (byte) 0xff},
          new byte[] {0x20, 0x0b},
          new byte[] {0x02, 0x15},
          new byte[] {0x08, 0x41, 0x61},
          nested());

  private static byte[] nested() {
    byte[] nested = new byte[100];
    Arrays.fill(nested, (byte) 0x81);
    return nested;
  }

  @Test
  void json() {
    json(QUICK);
  }

  @Test
  void cbor() {
    cbor(QUICK);
  }

  @Test
  @Tag("slow")
  void aMillionInJson() {
    json(MANY);
  }

  @Test
  @Tag("slow")
  void aMillionInCbor() {
    cbor(MANY);
  }

  private static void json(int payloads) {
    List<byte[]> fragments =
        FRAGMENTS.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    for (Map<String, Object> options : OPTIONS) {
      Barrage.run(
          Senml.JSON.create(options),
          payloads / OPTIONS.size() + 1,
          SEED,
          false,
          random -> payload(random, SenmlFuzzTest::text, fragments));
    }
  }

  private static void cbor(int payloads) {
    for (Map<String, Object> options : OPTIONS) {
      Barrage.run(
          Senml.CBOR.create(options),
          payloads / OPTIONS.size() + 1,
          SEED,
          false,
          random -> payload(random, pack -> numbered(pack, random), CBOR_FRAGMENTS));
    }
  }

  private static byte[] payload(
      Random random, Function<JsonNode, byte[]> written, List<byte[]> fragments) {
    return Barrage.bent(
        random, List.of(written.apply(pack(random)), written.apply(pack(random))), fragments);
  }

  private static ArrayNode pack(Random random) {
    ArrayNode pack = JsonNodeFactory.instance.arrayNode();
    int records = random.nextInt(5_000) == 0 ? 3_000 : 1 + random.nextInt(4);
    for (int i = 0; i < records; i++) {
      ObjectNode record = pack.addObject();
      List<Label> labels = new ArrayList<>(List.of(Label.values()));
      Collections.shuffle(labels, random);
      for (Label label : labels) {
        boolean usual = label == Label.VALUE || label == Label.NAME;
        if (random.nextInt(10) < (usual ? 8 : label.isBase() && i > 0 ? 0 : 2)) {
          record.set(label.toString(), value(random, label));
        }
      }
    }
    return pack;
  }

  private static JsonNode value(Random random, Label label) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (random.nextInt(40) == 0) {
      return switch (random.nextInt(5)) {
        case 0 -> nodes.nullNode();
        case 1 -> nodes.textNode("\u0007" + random.nextInt());
        case 2 -> nodes.numberNode(random.nextDouble() * Double.MAX_VALUE);
        case 3 -> nodes.arrayNode().add(1);
        default -> nodes.booleanNode(true);
      };
    }
    return switch (label) {
      case BASE_VERSION -> nodes.numberNode(random.nextInt(12));
      case BASE_NAME -> nodes.textNode(random.nextBoolean() ? "H-07/" : "urn:dev:ow:10e2:");
      case NAME -> nodes.textNode(random.nextInt(8) == 0 ? "" : name(random));
      case UNIT, BASE_UNIT -> nodes.textNode(random.nextBoolean() ? "Cel" : "%RH");
      case BASE_TIME -> nodes.numberNode(1.7e9 + random.nextInt(1000) / 1000.0);
      case TIME -> nodes.numberNode(random.nextInt(200) - 100 + random.nextInt(1000) / 1000.0);
      case VALUE, BASE_VALUE, SUM, BASE_SUM, UPDATE_TIME ->
          random.nextBoolean()
              ? nodes.numberNode(random.nextInt(100))
              : nodes.numberNode(random.nextGaussian() * 100);
      case STRING_VALUE -> nodes.textNode("normal");
      case BOOLEAN_VALUE -> nodes.booleanNode(random.nextBoolean());
      case DATA_VALUE -> nodes.textNode("aGkgCg");
    };
  }

  private static String name(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "a".repeat(1 + random.nextInt(260));
      case 1 -> "H-0" + random.nextInt(9) + "/gas";
      case 2 -> "é";
      case 3 -> ":" + random.nextInt(3);
      default -> random.nextBoolean() ? "temperature" : "humidity";
    };
  }

  private static byte[] text(JsonNode pack) {
    try {
      return JSON.writeValueAsBytes(pack);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** With numbers for labels, as CBOR writes them, now and then with the labels themselves. */
  private static byte[] numbered(JsonNode pack, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    head(out, 0x80, pack.size());
    boolean byName = random.nextInt(8) == 0;
    try {
      for (JsonNode record : pack) {
        head(out, 0xa0, record.size());
        for (Map.Entry<String, JsonNode> field : record.properties()) {
          String label = field.getKey();
          out.writeBytes(
              byName
                  ? CBOR.writeValueAsBytes(label)
                  : CBOR.writeValueAsBytes(number(Label.of(label, false))));
          out.writeBytes(CBOR.writeValueAsBytes(field.getValue()));
        }
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static int number(Label label) {
    for (int i = -6; i <= 8; i++) {
      if (Label.of(Integer.toString(i), true) == label) {
        return i;
      }
    }
    throw new AssertionError(label);
  }

  private static void head(ByteArrayOutputStream out, int type, int size) {
    if (size < 24) {
      out.write(type | size);
    } else {
      out.writeBytes(new byte[] {(byte) (type | 25), (byte) (size >> 8), (byte) size});
    }
  }

  @Test
  void bothRepresentationsOfAPackMeanTheSame() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      ArrayNode pack = pack(random);
      assertThat(
              Told.gateway(Senml.CBOR.create(Map.of()), numbered(pack, random), 1_700_000_000_000L))
          .as("seed %d, pack %d: %s", SEED, i, pack)
          .filteredOn(line -> !line.contains("?binary data"))
          .isEqualTo(
              Told.gateway(Senml.JSON.create(Map.of()), text(pack), 1_700_000_000_000L).stream()
                  .filter(line -> !line.contains("?binary data"))
                  .toList());
    }
  }
}
