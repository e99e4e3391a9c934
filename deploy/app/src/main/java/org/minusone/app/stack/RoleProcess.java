package org.minusone.app.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.embedded.RunFile;
import org.minusone.app.embedded.StartProblem;
import org.minusone.app.health.HealthEndpoint;
import org.minusone.console.access.Person;
import org.minusone.model.Role;
import org.minusone.model.port.HealthReport;

/** Some roles in one process, over servers that are elsewhere. */
public final class RoleProcess implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofDays(3650);

  private final Assembly assembly;
  private final DataDirectory data;
  private volatile boolean started;

  private RoleProcess(Assembly assembly, DataDirectory data) {
    this.assembly = assembly;
    this.data = data;
  }

  /**
   * Returns once the roles have started: whether they are ready, {@link #missing} tells.
   *
   * @param data open; closed with the process
   * @param probes where the probes are answered, null = nowhere
   */
  public static RoleProcess start(Plan plan, DataDirectory data, HealthEndpoint.Place probes)
      throws Exception {
    Assembly assembly = new Assembly(plan, InstantSource.system());
    RoleProcess process = new RoleProcess(assembly, data);
    try {
      assembly.open();
      if (probes != null) {
        assembly
            .keep(
                new HealthEndpoint(
                    probes, () -> process.started, process::reports, assembly.meters()::scrape))
            .start();
      }
      assembly.start();
      process.started = true;
      if (assembly.console() != null) {
        process.announce();
      }
      return process;
    } catch (Exception | Error e) {
      process.close();
      throw e;
    }
  }

  /** So that {@code minusone token --data DIR} finds the console. */
  private void announce() throws StartProblem {
    data.announce(
        RunFile.ofThisProcess(
            assembly.consoleAddresses(),
            Map.of(
                "console",
                assembly.access().tokens().issue(new Person("local", Role.ADMIN), TOKEN_LIFE))));
  }

  public List<HealthReport> reports() {
    return assembly.reports();
  }

  /** What keeps it from being ready; empty when nothing does. */
  public List<String> missing() {
    return assembly.missing();
  }

  /** How a browser reaches the console; null without one. */
  public String consoleAddress() {
    return assembly.console() == null ? null : assembly.console().address();
  }

  /** A link by which a person signs in once, within ten minutes; null without a console. */
  public String signInLink(String name, Role role) {
    return assembly.console() == null
        ? null
        : assembly.console().newSignInLink(new Person(name, role));
  }

  public Path data() {
    return data.path();
  }

  /** Ends everything within ten seconds; may be called twice. */
  @Override
  public void close() {
    assembly.close();
    data.close();
  }
}
