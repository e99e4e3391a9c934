package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.minusone.console.access.Access;
import org.minusone.console.access.Accounts;
import org.minusone.console.access.Attempts;
import org.minusone.console.access.Need;
import org.minusone.console.access.Person;
import org.minusone.console.access.Session;
import org.minusone.model.Role;
import org.minusone.model.port.SiteCatalog;

/** Signing in and out, and letting others in. */
public final class SessionRoutes {
  /** A script that guesses 256-bit tokens gets nowhere; this keeps it from filling the log. */
  private static final int ATTEMPTS_A_MINUTE = 20;

  /** Of one account, from wherever: what a person who forgot a password needs, and no more. */
  private static final int ATTEMPTS_A_NAME = 10;

  private static final Duration LONGEST_TOKEN_LIFE = Duration.ofDays(366);
  private static final Duration USUAL_TOKEN_LIFE = Duration.ofDays(30);

  private final Access access;
  private final Attempts byAddress;
  private final Attempts byName;
  private final InstantSource clock;
  private final Supplier<String> address;
  private final Cookies cookies;
  private final Audit audit;
  private final SiteCatalog catalog;

  /**
   * @param catalog to tell whether a crew that is let in is one
   * @param address of the console as a browser reaches it, {@code http://127.0.0.1:8080}
   */
  public SessionRoutes(
      Access access,
      SiteCatalog catalog,
      InstantSource clock,
      Supplier<String> address,
      Cookies cookies,
      Audit audit) {
    this.access = access;
    this.catalog = catalog;
    this.byAddress = new Attempts(clock, ATTEMPTS_A_MINUTE);
    this.byName = new Attempts(clock, ATTEMPTS_A_NAME);
    this.clock = clock;
    this.address = address;
    this.cookies = cookies;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/sessions", Need.NOTHING, this::signIn),
        Route.get("/api/v1/sessions/current", Need.SIGNED_IN, this::current),
        Route.delete("/api/v1/sessions/current", Need.SIGNED_IN, this::signOut),
        Route.post("/api/v1/sign-in-links", Need.ADMINISTER, this::newLink),
        Route.post("/api/v1/tokens", Need.ADMINISTER, this::newToken));
  }

  private void signIn(Context context) {
    admit(byAddress, context.ip(), context);
    JsonNode body = Exchange.body(context);
    String token = Exchange.text(body, "token");
    String name = Exchange.text(body, "name");
    String password = Exchange.text(body, "password");
    if (token == null ? name == null || password == null : name != null || password != null) {
      throw Problem.badRequest("a token, or a name and a password");
    }
    Access.SignedIn signedIn =
        token != null ? byLink(token, context) : byPassword(name, password, context);
    Session session = signedIn.session();
    audit.signedIn(session.person(), token != null ? "link" : "password", context.ip());
    cookies.give(context, signedIn.cookie());
    Exchange.json(context, answer(session));
  }

  private Access.SignedIn byLink(String token, Context context) {
    return access
        .signIn(token)
        .orElseThrow(
            () -> {
              audit.refusedSignIn("link", null, "link-spent", context.ip());
              return new Problem(401, "link-spent", "this sign-in link was used or has expired");
            });
  }

  private Access.SignedIn byPassword(String typed, String password, Context context) {
    String name = Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
    if (name.length() > Person.LONGEST) {
      throw wrong(name, context);
    }
    admit(byName, name, context);
    try {
      return access.signIn(name, password).orElseThrow(() -> wrong(name, context));
    } catch (Accounts.Busy e) {
      context.header("Retry-After", "2");
      throw new Problem(503, "busy", "too many people sign in at once; try again");
    }
  }

  /** Which of the two was wrong is for nobody to know. */
  private Problem wrong(String name, Context context) {
    audit.refusedSignIn("password", known(name), "wrong-password", context.ip());
    return new Problem(401, "wrong-password", "the name or the password is wrong");
  }

  /** Null where there is no such account: people type their password into the wrong field. */
  private String known(String name) {
    return access.hasAccount(name) ? name : null;
  }

  private void admit(Attempts attempts, String of, Context context) {
    Attempts.Admission admission = attempts.attempt(of);
    if (admission == Attempts.Admission.ADMITTED) {
      return;
    }
    if (admission == Attempts.Admission.FIRST_REFUSED) {
      audit.refusedSignIn(
          "attempts", attempts == byName ? known(of) : null, "too-many-attempts", context.ip());
    }
    context.header("Retry-After", "60");
    throw new Problem(429, "too-many-attempts", "too many attempts; try again in a minute");
  }

  private void current(Context context) {
    Session session = Exchange.verdict(context).session();
    Person person = Exchange.person(context);
    Exchange.json(context, session == null ? answer(person, null, null) : answer(session));
  }

  private void signOut(Context context) {
    String cookie = cookies.read(context);
    if (cookie != null) {
      access.signOut(cookie);
      audit.signedOut(Exchange.person(context), context.ip());
    }
    cookies.takeBack(context);
    context.status(204).header("Cache-Control", "no-store");
  }

  private void newLink(Context context) {
    JsonNode body = Exchange.body(context);
    Person person = person(body, Role.OPERATOR);
    KnownCrew.check(person, catalog);
    String token = access.newLinkToken(person);
    audit.letIn("sign-in-link", Exchange.person(context), person, context.ip());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("url", address.get() + Access.page(person) + "#token=" + token);
    answer.put("expires_at", access.linkExpiry());
    Exchange.json(context, answer);
  }

  private void newToken(Context context) {
    JsonNode body = Exchange.body(context);
    Person person = person(body, null);
    KnownCrew.check(person, catalog);
    Duration life = life(Exchange.text(body, "expires_in"));
    Instant expires = clock.instant().plus(life);
    audit.letIn("token", Exchange.person(context), person, context.ip());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("token", access.tokens().issue(person, life));
    answer.put("expires_at", expires);
    Exchange.json(context, answer);
  }

  private static Person person(JsonNode body, Role usual) {
    String role = Exchange.text(body, "role");
    String name = Exchange.text(body, "name");
    if (role == null && usual == null) {
      throw Problem.badRequest("role is missing");
    }
    try {
      Role known = role == null ? usual : Role.of(role.toLowerCase(Locale.ROOT));
      return new Person(
          name == null ? known.id() : name,
          known,
          Exchange.text(body, "crew"),
          Exchange.text(body, "member"));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(
          "role is one of operator, crew, engineer, admin; a name has 1 to 80 characters;"
              + " crew and member, ids of crews.yaml, go with the role crew");
    }
  }

  private static Duration life(String text) {
    if (text == null) {
      return USUAL_TOKEN_LIFE;
    }
    try {
      Duration life = Duration.parse(text);
      if (life.compareTo(Duration.ZERO) > 0 && life.compareTo(LONGEST_TOKEN_LIFE) <= 0) {
        return life;
      }
    } catch (DateTimeParseException e) {
      // Said below, with the bounds.
    }
    throw Problem.badRequest("expires_in is a duration up to P366D, as P30D or PT1H");
  }

  private static Map<String, Object> answer(Session session) {
    return answer(session.person(), session.csrf(), session.expiresAt());
  }

  private static Map<String, Object> answer(Person person, String csrf, Instant expiresAt) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", person.name());
    answer.put("role", person.role());
    answer.put("crew", person.crew());
    answer.put("member", person.member());
    answer.put("csrf", csrf);
    answer.put("expires_at", expiresAt);
    return answer;
  }
}
