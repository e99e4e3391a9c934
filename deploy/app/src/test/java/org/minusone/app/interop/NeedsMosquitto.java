package org.minusone.app.interop;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Where mosquitto is not installed the suites that need it are skipped, and one line says so; a
 * build server must not look away, so there they fail.
 */
final class NeedsMosquitto implements ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(NeedsMosquitto.class);
  private static final List<String> PROGRAMS =
      List.of("mosquitto", "mosquitto_passwd", "mosquitto_pub");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing =
        PROGRAMS.stream().filter(name -> Mosquitto.program(name).isEmpty()).toList();
    if (missing.isEmpty() || "true".equals(System.getenv("CI"))) {
      return ConditionEvaluationResult.enabled("mosquitto, or a server that must have it");
    }
    String line =
        "NO INTEROPERABILITY TESTS: %s not found; install mosquitto and mosquitto-clients to run them"
            .formatted(String.join(", ", missing));
    context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            line,
            said -> {
              System.err.println(said);
              return said;
            });
    return ConditionEvaluationResult.disabled(line);
  }
}
