package org.minusone.rules.load;

import java.nio.file.Files;
import java.nio.file.Path;
import org.minusone.model.Rule;

/** The rules of the site that comes with the product. */
public final class Fubao {
  private Fubao() {}

  public static Rule rule(String name) {
    Path site = Path.of("..", "deploy", "sites", "fubao");
    Path here = Files.isDirectory(site) ? site : Path.of("deploy", "sites", "fubao");
    return RuleLoader.load(here).rules().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
