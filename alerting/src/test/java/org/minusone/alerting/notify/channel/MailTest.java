package org.minusone.alerting.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.notify.Outcome.Kind.ACCEPTED;
import static org.minusone.alerting.notify.Outcome.Kind.PERMANENT;
import static org.minusone.alerting.notify.Outcome.Kind.RECOVERABLE;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Texts.Language;
import org.minusone.alerting.notify.Told;
import org.minusone.model.Level;

/** Against a real SMTP server on loopback. */
class MailTest {
  private final GreenMail post =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    post.setUser("desk@example.org", "desk", "right");
    post.start();
  }

  @AfterEach
  void stop() {
    post.stop();
  }

  private Mail mail(String password) {
    return new Mail(
        new Mail.Server(
            "127.0.0.1",
            post.getSmtp().getPort(),
            Mail.Security.NONE,
            password == null ? null : "desk",
            password),
        "minusone@example.org",
        List.of("desk@example.org", "chief@example.org"),
        Language.ZH,
        Told::noon);
  }

  @Test
  void everybody_gets_it_once_known_and_in_one_thread() throws Exception {
    Told told = new Told();
    Message first = told.message(told.signal(Store7.foreseen("00:00", "00:00", Level.ALARM, 240)));
    Message second = told.message(told.signal(Store7.reached("00:00", "02:00", Level.ALARM)));
    assertThat(mail("right").send(first).kind()).isEqualTo(ACCEPTED);
    assertThat(mail("right").send(first).kind()).as("again, after a crash").isEqualTo(ACCEPTED);
    assertThat(mail("right").send(second).kind()).isEqualTo(ACCEPTED);
    MimeMessage[] got = post.getReceivedMessages();
    assertThat(got).as("two recipients each").hasSize(6);
    assertThat(got[0].getSubject()).isEqualTo("预警（橙色）：7 号库");
    assertThat(got[0].getContent().toString()).contains("预计 4:00 后").contains("· 打开通风");
    Set<String> firstIds = new HashSet<>();
    Set<String> secondIds = new HashSet<>();
    for (MimeMessage one : got) {
      boolean isFirst = one.getSubject().startsWith("预警");
      (isFirst ? firstIds : secondIds).add(one.getMessageID());
      if (!isFirst) {
        assertThat(one.getHeader("References", " ")).isEqualTo(got[0].getMessageID());
      }
    }
    assertThat(firstIds).as("one that came twice is one").hasSize(1);
    assertThat(secondIds).hasSize(1).doesNotContainAnyElementsOf(firstIds);
  }

  @Test
  void who_is_not_let_in_is_not_let_in_later_either_and_who_is_not_there_may_come_back() {
    assertThat(mail("wrong").send(Told.forewarned()).kind()).isEqualTo(PERMANENT);
    Mail mail = mail("right");
    post.stop();
    assertThat(mail.send(Told.forewarned()).kind()).isEqualTo(RECOVERABLE);
  }
}
