package org.minusone.alerting;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.alerting.notify.NotifyApp;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.alerting.notify.Route;
import org.minusone.alerting.notify.Texts;
import org.minusone.alerting.notify.channel.Webhook;
import org.minusone.model.codec.Topics;

/** One instance of notification in a process of its own, to be killed. */
final class NotifyChild {
  private NotifyChild() {}

  /** Arguments: Kafka's address, the receiver's URL. Ends with its standard input. */
  public static void main(String[] args) throws Exception {
    NotifyConfig config =
        new NotifyConfig(
            Map.of(
                "centre",
                new Webhook(
                    "centre", URI.create(args[1]), null, Texts.Language.EN, Clock.systemUTC())),
            List.of(new Route(null, List.of(), List.of(), List.of(), Set.of(), List.of("centre"))),
            NotifyConfig.USUAL_PATIENCE,
            null,
            NotifyConfig.USUAL_BEAT,
            null);
    NotifyApp app =
        new NotifyApp(
            config,
            Topics.DEFAULT,
            Map.of("bootstrap.servers", args[0]),
            new Store7.Catalog(),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            () -> true);
    app.start();
    while (System.in.read() >= 0) {
      // A parent that dies takes this process along.
    }
    app.close();
  }
}
