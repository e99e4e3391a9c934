package org.minusone.app.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.stack.StackOptions;
import org.minusone.model.SiteVersion;
import org.minusone.rules.load.SiteLoader;

/**
 * Starts the stack once for all test classes that ask for a {@link House}, on free ports and a
 * folder of its own.
 */
public final class RunningStack implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RunningStack.class);

  /** A running stack and where it keeps its data. */
  public record House(EmbeddedStack stack, Path data) implements AutoCloseable {
    @Override
    public void close() {
      stack.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == House.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(House.class, key -> start(), House.class);
  }

  private static House start() {
    try {
      Path data = Files.createTempDirectory("minusone-house");
      return new House(
          EmbeddedStack.start(new StackOptions(data, 0, 0), fubao(), Progress.SILENT), data);
    } catch (Exception e) {
      throw new IllegalStateException("the stack does not start", e);
    }
  }

  /** The site of this repository. */
  public static SiteVersion fubao() {
    SiteLoader.Loaded loaded = SiteLoader.load(Path.of("../sites/fubao"));
    if (loaded.hasErrors()) {
      throw new IllegalStateException(loaded.problems().toString());
    }
    return loaded.draft();
  }
}
