package org.minusone.app.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The dependency rule of ARCHITECTURE.md, held. */
@AnalyzeClasses(packages = "org.minusone", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  private static final String ROOT = "org.minusone.";
  private static final List<String> ROOMS =
      List.of("ingest", "series", "rules", "alerting", "console", "simulator");
  private static final String[] PURE = {
    ROOT + "ingest.decode..",
    ROOT + "rules.evaluate..",
    ROOT + "rules.forecast..",
    ROOT + "rules.quality..",
    ROOT + "rules.score..",
    ROOT + "rules.timeline..",
    ROOT + "alerting.lifecycle..",
    ROOT + "alerting.dispatch..",
    ROOT + "alerting.self..",
    ROOT + "simulator.scenario..",
    ROOT + "simulator.physics..",
    ROOT + "app.summary..",
  };

  @ArchTest
  static void roomsMeetOnTopicsOnly(JavaClasses classes) {
    for (String room : ROOMS) {
      String[] others =
          ROOMS.stream()
              .filter(other -> !other.equals(room))
              .map(other -> ROOT + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + room + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(others).or(resideInAPackage(ROOT + "app..")))
          .because("modules meet on topics and at model's ports; only deploy/app sees all")
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule modelKnowsNoServer =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "model..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.eclipse.paho..",
                  "com.hivemq..",
                  "io.javalin..",
                  "com.influxdb..",
                  "io.questdb..",
                  "java.net.http..",
                  "org.apache.kafka.clients..",
                  "org.apache.kafka.streams.."))
          .because("model is data, codecs and ports");

  /**
   * Decoders parse JSON and protobuf: of the libraries, Jackson and protobuf's streams alone may
   * stand in a pure package, and there only.
   */
  @ArchTest
  static final ArchRule decisionsArePure =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PURE)
                  .or(resideInAnyPackage("java..", ROOT + "model.."))
                  .or(resideInAnyPackage("com.fasterxml.jackson..", "com.google.protobuf")));

  /** The evaluator asks an {@code Expression}; what compiles it is not its business. */
  @ArchTest
  static final ArchRule oneRoomKnowsTheExpressionLanguage =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "rules.expression..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.cel.."));

  @ArchTest
  static final ArchRule decisionsHaveNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SecureRandom.class)
          .orShould()
          .callMethod(RandomGenerator.class, "getDefault")
          .orShould()
          .callMethod(Math.class, "random")
          .because("event time rides on the record, now and the seed are arguments");

  /** {@code Math.tanh} differs between JDK 17 and 25; {@code StrictMath} does not. */
  @ArchTest
  static final ArchRule numbersAreTheSameOnEveryJdk =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "rules..")
          .should()
          .callMethodWhere(
              target(owner(equivalentTo(Math.class)))
                  .and(
                      target(
                          nameMatching(
                              "a?(sin|cos|tan)[h2]?|exp|expm1|log|log10|log1p|pow|cbrt|hypot"))));

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
          .because("a name says what the thing is");
}
