package org.minusone.series;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Skips a class where no container engine answers, and says so in one line. A build server skips it
 * too: there may be none on it, and another class checks the same requests on a fake.
 */
final class ContainerEngine implements ExecutionCondition {
  private static final String MISSING =
      "NO TESTS ON INFLUXDB 2.x: no container engine answers; start one (Docker, Podman) to run"
          + " them";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean answers =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(ContainerEngine.class))
            .getOrComputeIfAbsent("answers", asked -> answers(), Boolean.class);
    return answers
        ? ConditionEvaluationResult.enabled("a container engine answers")
        : ConditionEvaluationResult.disabled(MISSING);
  }

  private static boolean answers() {
    boolean answers = DockerClientFactory.instance().isDockerAvailable();
    if (!answers) {
      System.err.println(MISSING);
    }
    return answers;
  }
}
