package org.minusone.app.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.StackOptions;
import org.minusone.model.SiteVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts everything embedded and waits for your sensors.")
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private EmbeddedOptions options;

  @Override
  public Integer call() throws Exception {
    PrintWriter talk = spec.commandLine().getOut();
    SiteVersion site = Starting.site(options.site).asIs();
    EmbeddedStack stack =
        EmbeddedStack.start(
            new StackOptions(
                options.data == null ? Home.data("up") : options.data,
                options.port,
                options.mqttPort),
            site,
            Starting.progress(talk));
    Starting.closeOnExit(stack, () -> {});
    Starting.announce(talk, stack, Starting.sinceProcessStart());
    talk.printf(
        "publish to   sites/%s/{family}/{sensor}/readings at 127.0.0.1:%d, MQTT 5, QoS 1%n",
        site.site(), stack.mqttPort());
    talk.flush();
    new CountDownLatch(1).await();
    return 0;
  }
}
