package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.minusone.app.config.ConfigProblem;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.InstanceName;
import org.minusone.app.config.Reason;
import org.minusone.app.config.RunPlan;
import org.minusone.app.config.Setting;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.stack.Plan;
import org.minusone.app.stack.RoleName;
import org.minusone.app.stack.RoleProcess;
import org.minusone.model.Role;
import org.minusone.rules.load.NearestWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one or several roles against a Kafka, an MQTT broker and a store that are elsewhere.",
      "Roles: ingest, series, rules, alerting, console. Several instances of a role share the work."
    })
public final class RunCommand implements Callable<Integer> {
  private static final long LOOK_MS = 200;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(arity = "1..*", paramLabel = "ROLE", description = "What this process is.")
  private List<String> words;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "State of this process: locks, its name, its keys (default: data/run-ROLE, or what the"
              + " configuration says).")
  private Path data;

  @Override
  public Integer call() throws Exception {
    Set<RoleName> roles = roles();
    Configuration configuration = config.read();
    RunPlan plan = new RunPlan(configuration, roles, Instant.now());
    plan.check();
    PrintWriter err = spec.commandLine().getErr();
    plan.warnings().forEach(warning -> err.println("minusone: warning: " + warning));
    err.flush();
    CountDownLatch interrupted = new CountDownLatch(1);
    RoleProcess process = start(roles, configuration, plan);
    Starting.closeOnExit(process, interrupted::countDown);
    PrintWriter out = spec.commandLine().getOut();
    if (process.consoleAddress() != null) {
      out.printf("console      %s%n", process.signInLink(Starting.person(), Role.OPERATOR));
      out.flush();
    }
    tellWhenReady(process, interrupted);
    interrupted.await();
    return 0;
  }

  private RoleProcess start(Set<RoleName> roles, Configuration configuration, RunPlan plan)
      throws Exception {
    int brokers = plan.kafka().requireAnswer(plan.kafka().properties());
    DataDirectory directory = DataDirectory.open(directory(roles, configuration));
    try {
      String instance = InstanceName.of(configuration, directory.path());
      Plan made = plan.plan(directory, instance);
      Starting.progress(spec.commandLine().getOut())
          .say(
              "%s of instance %s, Kafka of %d broker%s"
                  .formatted(names(roles), instance, brokers, brokers == 1 ? "" : "s"));
      return RoleProcess.start(made, directory, plan.probes());
    } catch (ExecutionException | KafkaException | IllegalStateException e) {
      directory.close();
      throw explained(configuration, e);
    } catch (Exception | Error e) {
      directory.close();
      throw e;
    }
  }

  /** What goes wrong with a Kafka that answers is mostly what it lets us do. */
  private static Exception explained(Configuration configuration, Exception failure) {
    Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
    if (cause instanceof InvalidReplicationFactorException) {
      return new ConfigProblem(
          "Kafka cannot keep %s copies of a topic: start more brokers, or set topics.replication (%s)"
              .formatted(configuration.text(Setting.TOPICS_REPLICATION), Reason.of(cause)));
    }
    if (cause instanceof KafkaException) {
      return new ConfigProblem(
          "Kafka at %s: %s"
              .formatted(configuration.text(Setting.KAFKA_BOOTSTRAP), Reason.of(cause)));
    }
    return failure;
  }

  private Path directory(Set<RoleName> roles, Configuration configuration) {
    if (data != null) {
      return data;
    }
    Path configured = configuration.path(Setting.DATA);
    return configured == null
        ? Home.data("run-" + roles.stream().map(RoleName::word).collect(Collectors.joining("-")))
        : configured;
  }

  private Set<RoleName> roles() throws Problem {
    Set<RoleName> roles = EnumSet.noneOf(RoleName.class);
    for (String word : words) {
      RoleName role =
          RoleName.of(word)
              .orElseThrow(
                  () ->
                      Problem.usage(
                          "no role '%s'%s; roles: %s"
                              .formatted(
                                  word,
                                  NearestWord.suggestion(word, RoleName.words()),
                                  String.join(", ", RoleName.words()))));
      roles.add(role);
    }
    return roles;
  }

  private static String names(Set<RoleName> roles) {
    return roles.stream().map(RoleName::word).collect(Collectors.joining(", "));
  }

  /** A broker or a store that is away is waited for; what keeps us is said when it changes. */
  private void tellWhenReady(RoleProcess process, CountDownLatch interrupted)
      throws InterruptedException {
    List<String> told = List.of();
    long began = System.nanoTime();
    List<String> missing = process.missing();
    while (!missing.isEmpty()) {
      boolean patient = System.nanoTime() - began < TimeUnit.SECONDS.toNanos(3);
      if (!missing.equals(told) && !patient) {
        Starting.progress(spec.commandLine().getOut())
            .say("waiting for " + String.join("; ", missing));
        told = missing;
      }
      if (interrupted.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
        return;
      }
      missing = process.missing();
    }
    Starting.progress(spec.commandLine().getOut()).say("ready");
  }
}
