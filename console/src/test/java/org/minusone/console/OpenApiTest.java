package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.minusone.console.http.Route;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class OpenApiTest {
  private static Map<?, ?> description() throws Exception {
    try (InputStream in = ConsoleApp.class.getResourceAsStream("/openapi.yaml")) {
      return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    }
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() throws Exception {
    Set<String> described = new TreeSet<>();
    ((Map<?, ?>) description().get("paths"))
        .forEach(
            (path, methods) ->
                ((Map<?, ?>) methods)
                    .keySet()
                    .forEach(m -> described.add(m.toString().toUpperCase() + " " + path)));
    Set<String> served = new TreeSet<>();
    try (Rig rig = new Rig()) {
      for (Route route : rig.console.routes()) {
        served.add(route.method() + " " + route.path().replace('<', '{').replace('>', '}'));
      }
    }
    assertThat(described).isEqualTo(served);
  }

  @Test
  void everyReferenceLeadsSomewhere() throws Exception {
    Map<?, ?> root = description();
    Set<String> references = new HashSet<>();
    collect(root, references);
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      Object node = root;
      for (String step : reference.substring(2).split("/")) {
        node = ((Map<?, ?>) node).get(step);
        assertThat(node).as(reference).isNotNull();
      }
    }
  }

  private static void collect(Object node, Set<String> references) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (key.equals("$ref")) {
              references.add((String) value);
            }
            collect(value, references);
          });
    } else if (node instanceof List<?> list) {
      list.forEach(item -> collect(item, references));
    }
  }
}
