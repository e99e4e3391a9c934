package org.minusone.app.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.minusone.app.config.Configuration;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.model.SiteVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything embedded and waits for your sensors.",
      "Of a configuration it takes the sections broker, console and alerting: where gateways and"
          + " people come in, and who is told."
    })
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private EmbeddedOptions options;
  @Mixin private ConfigOption config;

  @Override
  public Integer call() throws Exception {
    PrintWriter talk = spec.commandLine().getOut();
    Configuration configuration = config.read();
    SiteVersion site = Starting.site(options.site).asIs();
    EmbeddedStack stack =
        EmbeddedStack.start(options.options("up", configuration), site, Starting.progress(talk));
    Starting.closeOnExit(stack, () -> {});
    Starting.announce(talk, stack, Starting.sinceProcessStart());
    talk.printf(
        "publish to   sites/%s/{family}/{sensor}/readings at %s, MQTT 5, QoS 1%n",
        site.site(), stack.mqttUrl());
    talk.flush();
    new CountDownLatch(1).await();
    return 0;
  }
}
