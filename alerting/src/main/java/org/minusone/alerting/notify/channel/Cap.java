package org.minusone.alerting.notify.channel;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Texts;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertState;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Text;

/**
 * An event as a Common Alerting Protocol 1.2 message (OASIS). The first of an alert is Alert, later
 * ones Update, its end Cancel, both with references to all before. Red to blue are Extreme, Severe,
 * Moderate, Minor; a crossing is Observed and Immediate, a forecast Expected and Likely from a
 * probability of one half on, else Possible (DOMAIN §3). {@code sent} has a numeric offset.
 */
final class Cap {
  private static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";
  private static final DateTimeFormatter SENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
  private static final double LIKELY = 0.5;

  private final String sender;
  private final boolean exercise;

  /**
   * @param sender who answers for it: {@code alerts@example.org}; no spaces, commas, &lt; or &amp;
   * @param exercise whether it is told as one, not as actual
   */
  Cap(String sender, boolean exercise) {
    this.sender = sender;
    this.exercise = exercise;
  }

  String xml(Message m) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement("alert");
      out.writeDefaultNamespace(NAMESPACE);
      head(out, m);
      info(out, m, "zh-CN", Texts.Language.ZH);
      info(out, m, "en-US", Texts.Language.EN);
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("into memory", e);
    }
    return text.toString();
  }

  private void head(XMLStreamWriter out, Message m) throws XMLStreamException {
    AlertEvent event = m.event();
    element(out, "identifier", identifier(event.id()));
    element(out, "sender", sender);
    element(out, "sent", sent(event.at(), m.zone()));
    element(out, "status", exercise ? "Exercise" : "Actual");
    element(out, "msgType", type(m));
    element(out, "scope", "Restricted");
    element(out, "restriction", "command centre and crews of " + event.alert().site().value());
    if (!m.earlier().isEmpty()) {
      element(
          out,
          "references",
          m.earlier().stream()
              .map(e -> sender + "," + identifier(e.event()) + "," + sent(e.sent(), m.zone()))
              .collect(Collectors.joining(" ")));
    }
    element(out, "incidents", identifier(String.valueOf(event.alert().incident())));
  }

  /** What ends without ever having been told is an alert about something that is over. */
  private static String type(Message m) {
    if (m.earlier().isEmpty()) {
      return "Alert";
    }
    AlertState state = m.event().alert().state();
    return state == AlertState.CLOSED || state == AlertState.CLEARED ? "Cancel" : "Update";
  }

  private void info(XMLStreamWriter out, Message m, String tag, Texts.Language language)
      throws XMLStreamException {
    Alert a = m.event().alert();
    out.writeStartElement("info");
    element(out, "language", tag);
    element(out, "category", category(a.family()));
    element(out, "event", Texts.title(m, language));
    element(out, "responseType", a.level() == null ? "Monitor" : "Execute");
    element(out, "urgency", urgency(a));
    element(out, "severity", severity(a.severity()));
    element(out, "certainty", certainty(a));
    element(out, "onset", sent(onset(a), m.zone()));
    element(out, "senderName", sender);
    element(out, "headline", Texts.title(m, language));
    element(out, "description", String.join("\n", Texts.lines(m, language)));
    String steps = a.guidance() == null ? "" : pick(a, language);
    if (!steps.isBlank()) {
      element(out, "instruction", steps);
    }
    if (m.link() != null) {
      element(out, "web", m.link());
    }
    parameter(out, "rule", a.rule());
    parameter(out, "sensor", a.sensor().value());
    if (a.value() != null) {
      parameter(out, "value", Double.toString(a.value()));
    }
    if (a.limit() != null) {
      parameter(out, "limit", Double.toString(a.limit()));
    }
    out.writeStartElement("area");
    element(out, "areaDesc", area(a, language));
    out.writeEndElement();
    out.writeEndElement();
  }

  private static String pick(Alert a, Texts.Language language) {
    String own = language == Texts.Language.ZH ? a.guidance().zh() : a.guidance().en();
    return own == null ? "" : own;
  }

  private static String area(Alert a, Texts.Language language) {
    if (a.place() == null) {
      return a.sensor().value();
    }
    List<String> parts = new ArrayList<>();
    for (var text : new Text[] {a.place().community(), a.place().building()}) {
      if (text != null) {
        String own = language == Texts.Language.ZH ? text.zh() : text.en();
        parts.add(own == null ? String.valueOf(text.zh()) : own);
      }
    }
    if (a.place().floor() != null) {
      parts.add(a.place().floor());
    }
    return String.join(" ", parts);
  }

  private static String category(Family family) {
    if (family == null) {
      return "Infra";
    }
    return switch (family) {
      case FLOOD_POINT -> "Met";
      case SMOKE -> "Fire";
      case FIRE_FACILITY -> "Fire";
      case ELECTRICAL -> "Infra";
      case HAZMAT_STORAGE -> "CBRNE";
    };
  }

  private static String urgency(Alert a) {
    return switch (a.state()) {
      case CLEARED, CLOSED -> "Past";
      case FOREWARNED -> "Expected";
      case ACTIVE -> "Immediate";
    };
  }

  static String severity(Level level) {
    if (level == null) {
      return "Unknown";
    }
    return switch (level) {
      case CRITICAL -> "Extreme";
      case ALARM -> "Severe";
      case WARN -> "Moderate";
      case NOTICE -> "Minor";
    };
  }

  private static String certainty(Alert a) {
    if (a.state() != AlertState.FOREWARNED || a.coming().isEmpty()) {
      return "Observed";
    }
    Double p = a.coming().get(0).probability();
    return p != null && p >= LIKELY ? "Likely" : "Possible";
  }

  private static Instant onset(Alert a) {
    if (a.state() == AlertState.FOREWARNED
        && !a.coming().isEmpty()
        && a.coming().get(0).etaS() != null) {
      Alert.Coming coming = a.coming().get(0);
      return coming.at().plusMillis(Math.round(coming.etaS() * 1000));
    }
    return a.crossedAt() == null ? a.startedAt() : a.crossedAt();
  }

  private static String sent(Instant at, ZoneId zone) {
    return SENT.format(at.atZone(zone));
  }

  /** No spaces, commas, &lt; or &amp;. */
  private static String identifier(String id) {
    return "minusone." + id.replaceAll("[^A-Za-z0-9@#:._-]", "_");
  }

  private static void element(XMLStreamWriter out, String name, String text)
      throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(text);
    out.writeEndElement();
  }

  private static void parameter(XMLStreamWriter out, String name, String value)
      throws XMLStreamException {
    out.writeStartElement("parameter");
    element(out, "valueName", name);
    element(out, "value", value);
    out.writeEndElement();
  }
}
