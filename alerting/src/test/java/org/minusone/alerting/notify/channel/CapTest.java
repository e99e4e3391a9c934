package org.minusone.alerting.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.cleared;
import static org.minusone.alerting.Store7.foreseen;
import static org.minusone.alerting.Store7.reached;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.notify.Told;
import org.minusone.model.Level;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** One alert as CAP messages: Alert, Update, Cancel. */
class CapTest {
  private final Cap cap = new Cap("alerts@example.org", false);
  private final Told told = new Told();

  private String[] story() {
    return new String[] {
      cap.xml(told.message(told.signal(foreseen("00:00", "00:00", Level.ALARM, 240)))),
      cap.xml(told.message(told.signal(reached("00:00", "02:00", Level.CRITICAL)))),
      cap.xml(told.message(told.signal(cleared("00:00", "09:00", Level.WARN, "inside"))))
    };
  }

  private static String text(Document document, String name) {
    return document.getElementsByTagName(name).item(0).getTextContent();
  }

  private static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void an_alert_is_followed_by_updates_and_a_cancel_that_refer_to_it() throws Exception {
    String[] story = story();
    Document first = parse(story[0]);
    assertThat(text(first, "msgType")).isEqualTo("Alert");
    assertThat(text(first, "severity")).isEqualTo("Severe");
    assertThat(text(first, "urgency")).isEqualTo("Expected");
    assertThat(text(first, "certainty")).as("no probability was given").isEqualTo("Possible");
    assertThat(text(first, "sent")).isEqualTo("2026-07-01T12:00:00+08:00");
    assertThat(text(first, "onset")).isEqualTo("2026-07-01T12:04:00+08:00");
    assertThat(first.getElementsByTagName("references").getLength()).isZero();
    Document second = parse(story[1]);
    assertThat(text(second, "msgType")).isEqualTo("Update");
    assertThat(text(second, "severity")).isEqualTo("Extreme");
    assertThat(text(second, "certainty")).isEqualTo("Observed");
    assertThat(text(second, "references"))
        .isEqualTo(
            "alerts@example.org," + text(first, "identifier") + ",2026-07-01T12:00:00+08:00");
    Document third = parse(story[2]);
    assertThat(text(third, "msgType")).isEqualTo("Cancel");
    assertThat(text(third, "references").split(" ")).hasSize(2);
    assertThat(text(third, "identifier")).doesNotContain(" ", ",", "<", "&");
  }

  @Test
  void all_are_valid_by_the_schema() throws Exception {
    String file = System.getProperty("cap.xsd");
    if (file == null || !Files.isReadable(Path.of(file))) {
      System.out.println("SKIPPED: CAP against its schema: -Dcap.xsd=CAP-v1.2.xsd is missing");
    }
    Assumptions.assumeTrue(file != null && Files.isReadable(Path.of(file)));
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    Schema schema = factory.newSchema(Path.of(file).toFile());
    for (String xml : story()) {
      schema.newValidator().validate(new StreamSource(new StringReader(xml)));
    }
  }
}
