package org.minusone.alerting.notify.channel;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;
import org.minusone.alerting.notify.Texts;

/**
 * E-mail over SMTP. Message-ID derives from the delivery, so that one that comes twice is seen to
 * be one; further ones of an alert refer to its first, so that they stand in one thread.
 */
public final class Mail implements Notifier {
  private static final String PATIENCE_MS = "10000";

  /** How the server is spoken to. */
  public enum Security {
    /** In the clear: only to loopback or a network of one's own. */
    NONE,
    /** Begins in the clear and must turn to TLS. */
    STARTTLS,
    TLS
  }

  /**
   * @param user null = the server wants none
   */
  public record Server(String host, int port, Security security, String user, String password) {
    /** Without what opens doors. */
    @Override
    public String toString() {
      return "Server[" + host + ":" + port + ", " + security + "]";
    }
  }

  private final Server server;
  private final String from;
  private final List<String> to;
  private final Texts.Language language;
  private final InstantSource clock;

  public Mail(
      Server server, String from, List<String> to, Texts.Language language, InstantSource clock) {
    this.server = server;
    this.from = from;
    this.to = List.copyOf(to);
    this.language = language;
    this.clock = clock;
  }

  @Override
  public Outcome send(Message m) {
    Session session = Session.getInstance(properties());
    try (Transport transport = session.getTransport(scheme())) {
      MimeMessage mail = mail(session, m);
      transport.connect(server.host(), server.port(), server.user(), server.password());
      transport.sendMessage(mail, mail.getAllRecipients());
      return Outcome.ACCEPTED;
    } catch (AuthenticationFailedException e) {
      return Outcome.never("the mail server does not let us in: " + said(e));
    } catch (SendFailedException e) {
      return heals(e) ? Outcome.later(said(e)) : Outcome.never(said(e));
    } catch (MessagingException e) {
      return e.getNextException() instanceof IOException || e.getNextException() == null
          ? Outcome.later(said(e))
          : Outcome.never(said(e));
    }
  }

  /** A 4xx of any step may be gone later; a 5xx never (RFC 5321). */
  private static boolean heals(MessagingException failed) {
    boolean heals = true;
    for (Exception e = failed; e instanceof MessagingException one; e = one.getNextException()) {
      if (e instanceof SMTPAddressFailedException address) {
        heals &= address.getReturnCode() / 100 != 5;
      } else if (e instanceof SMTPSendFailedException sending) {
        heals &= sending.getReturnCode() / 100 != 5;
      }
    }
    return heals;
  }

  private static String said(MessagingException e) {
    return HttpCall.cut(String.valueOf(e.getMessage()));
  }

  private String scheme() {
    return server.security() == Security.TLS ? "smtps" : "smtp";
  }

  private Properties properties() {
    String prefix = "mail." + scheme() + ".";
    Properties p = new Properties();
    p.put(prefix + "connectiontimeout", PATIENCE_MS);
    p.put(prefix + "timeout", PATIENCE_MS);
    p.put(prefix + "writetimeout", PATIENCE_MS);
    p.put(prefix + "auth", Boolean.toString(server.user() != null));
    p.put(prefix + "ssl.checkserveridentity", "true");
    boolean starttls = server.security() == Security.STARTTLS;
    p.put(prefix + "starttls.enable", Boolean.toString(starttls));
    p.put(prefix + "starttls.required", Boolean.toString(starttls));
    return p;
  }

  private MimeMessage mail(Session session, Message m) throws MessagingException {
    MimeMessage mail = new Named(session, id(m.delivery()));
    mail.setFrom(new InternetAddress(from));
    for (String one : to) {
      mail.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(one));
    }
    mail.setSubject(Texts.title(m, language), "UTF-8");
    String text = String.join("\n", Texts.lines(m, language));
    mail.setText(m.link() == null ? text + "\n" : text + "\n\n" + m.link() + "\n", "UTF-8");
    mail.setSentDate(Date.from(clock.instant()));
    mail.setHeader("X-MinusOne-Delivery", m.delivery().replaceAll("[^\\x21-\\x7e]", "_"));
    mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no holiday answers
    if (!m.earlier().isEmpty()) {
      String receiver = m.delivery().substring(m.delivery().lastIndexOf('>') + 1);
      mail.setHeader("References", id(m.earlier().get(0).event() + ">" + receiver));
    }
    return mail;
  }

  private static String id(String delivery) {
    return "<" + delivery.replaceAll("[^A-Za-z0-9.-]", "_") + "@minusone>";
  }

  /** The library would make an id of its own. */
  private static final class Named extends MimeMessage {
    private final String id;

    Named(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
