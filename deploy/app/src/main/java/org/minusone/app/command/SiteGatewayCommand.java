package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.PasswordHash;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a random password for a gateway, and the lines of gateways.yaml that let it in.",
      "The password is shown this once: the files keep only its hash.",
      "Nothing is written or applied; put the lines in, then site apply."
    })
final class SiteGatewayCommand implements Callable<Integer> {
  /** 192 bits: nobody guesses it, whatever the hash costs. */
  private static final int PASSWORD_BYTES = 24;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The gateway's id in the site.")
  private String id;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "The site's files (default: deploy/sites/fubao).")
  private Path directory;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!SensorId.isValid(id)) {
      throw Problem.usage(
          "'%s' is no gateway id: A-Z, a-z, 0-9, '.', '_', '-', at most 64".formatted(id));
    }
    Path dir = directory == null ? Home.fubao() : directory;
    SiteVersion site = SiteFiles.load(dir).draft();
    if (site == null) {
      throw Problem.failed(
          "%s has no site with an id, see `minusone site check %s`".formatted(dir, dir));
    }
    SecureRandom random = new SecureRandom();
    byte[] secret = new byte[PASSWORD_BYTES];
    random.nextBytes(secret);
    byte[] salt = new byte[PasswordHash.SALT_BYTES];
    random.nextBytes(salt);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String hash = PasswordHash.of(password, salt).text();
    say(dir, site, password, hash);
    return 0;
  }

  private void say(Path dir, SiteVersion site, String password, String hash) {
    String user = site.site() + "/" + id;
    boolean known = site.gateways().containsKey(id);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("id", id);
      answer.put("username", user);
      answer.put("password", password);
      answer.put("hash", hash);
      answer.put("known", known);
      out.println(Json.text(answer));
    } else {
      out.printf("user name    %s%n", user);
      out.printf("password     %s%n", password);
      out.printf("             shown this once; it is kept nowhere%n%n");
      Path file = dir.resolve("gateways.yaml");
      if (known) {
        out.printf("In %s, %s gets the new hash:%n%n", file, id);
        out.printf("    password: %s%n%n", hash);
      } else {
        out.printf("Add to %s:%n%n", file);
        out.printf(
            "%s  - id: %s%n    password: %s%n    rate: 50/s%n%n",
            site.gateways().isEmpty() ? "gateways:\n" : "", id, hash);
      }
      out.printf("and apply it: minusone site apply %s%n", dir);
    }
    out.flush();
  }
}
