package org.minusone.alerting.notify.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.minusone.model.codec.Json;

/** What the group robots of three services want, after their public documentation (GK). */
public enum RobotDialect {
  /**
   * WeCom (企业微信) group robot: {@code {"msgtype":"markdown","markdown":{"content":…}}}; the key in
   * the URL is its only proof. 45009 is "too many calls", 45033 "too many at once".
   */
  WECOM("errcode", "errmsg", Set.of(-1, 45009, 45033)) {
    @Override
    JsonNode message(String title, List<String> lines, String link, String secret, long nowMs) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      root.put("msgtype", "markdown");
      String text = "**" + title + "**\n" + String.join("\n", lines);
      root.putObject("markdown").put("content", cut(withLink(text, link), WECOM_BYTES));
      return root;
    }
  },

  /**
   * DingTalk (钉钉) robot: markdown with a title; signed by {@code timestamp} (ms) and {@code sign}
   * in the URL, base64 of HMAC-SHA256 by the secret over {@code timestamp + "\n" + secret}. 130101
   * is "too fast", 310000 a wrong signature, word or address.
   */
  DINGTALK("errcode", "errmsg", Set.of(-1, 130101, 410100)) {
    @Override
    JsonNode message(String title, List<String> lines, String link, String secret, long nowMs) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      root.put("msgtype", "markdown");
      ObjectNode markdown = root.putObject("markdown");
      markdown.put("title", title);
      String text = "### " + title + "\n\n" + String.join("\n\n", lines);
      markdown.put("text", withLink(text, link));
      return root;
    }

    @Override
    URI signed(URI url, String secret, long nowMs) {
      if (secret == null) {
        return url;
      }
      String sign = Base64.getEncoder().encodeToString(Hmac.sha256(secret, nowMs + "\n" + secret));
      String more =
          "timestamp=" + nowMs + "&sign=" + URLEncoder.encode(sign, StandardCharsets.UTF_8);
      return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + more);
    }
  },

  /**
   * Feishu (飞书) robot: a text message; signed in the body by {@code timestamp} (s) and {@code
   * sign}, base64 of HMAC-SHA256 over nothing with {@code timestamp + "\n" + secret} as the key.
   * 9499 and 11232 are "too many".
   */
  FEISHU("code", "msg", Set.of(9499, 11232, 11233)) {
    @Override
    JsonNode message(String title, List<String> lines, String link, String secret, long nowMs) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      if (secret != null) {
        String seconds = Long.toString(nowMs / 1000);
        root.put("timestamp", seconds);
        root.put(
            "sign", Base64.getEncoder().encodeToString(Hmac.sha256(seconds + "\n" + secret, "")));
      }
      root.put("msg_type", "text");
      String text = title + "\n" + String.join("\n", lines);
      root.putObject("content").put("text", link == null ? text : text + "\n" + link);
      return root;
    }
  };

  /** The longest markdown WeCom takes. */
  private static final int WECOM_BYTES = 4096;

  private final String codeField;
  private final String textField;
  private final Set<Integer> healing;

  RobotDialect(String codeField, String textField, Set<Integer> healing) {
    this.codeField = codeField;
    this.textField = textField;
    this.healing = healing;
  }

  abstract JsonNode message(
      String title, List<String> lines, String link, String secret, long nowMs);

  URI signed(URI url, String secret, long nowMs) {
    return url;
  }

  String codeField() {
    return codeField;
  }

  String textField() {
    return textField;
  }

  /** Whether an error code may be gone later. */
  boolean heals(int code) {
    return healing.contains(code);
  }

  private static String withLink(String text, String link) {
    return link == null ? text : text + "\n[" + link + "](" + link + ")";
  }

  /** To at most so many bytes of UTF-8, without half a character. */
  private static String cut(String text, int most) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes + size > most) {
        break;
      }
      bytes += size;
      kept.appendCodePoint(c);
      at += Character.charCount(c);
    }
    return kept.toString();
  }
}
