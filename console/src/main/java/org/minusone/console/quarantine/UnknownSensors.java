package org.minusone.console.quarantine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Family;

/**
 * What was refused because nobody registered its sensor, by sensor: the last {@link #MOST} names.
 */
public final class UnknownSensors {
  private static final int MOST = 2_000;
  private static final int LONGEST_NAME = 128;

  /**
   * @param family by its topic; null where that names none
   * @param gateway by its topic; null on a topic of its own
   * @param count readings, or messages where they could not be taken apart
   */
  public record Refused(
      String site, String name, Family family, String gateway, long count, Instant last) {}

  private final Map<String, Refused> byName =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refused> eldest) {
          return size() > MOST;
        }
      };

  void add(Item item) {
    String[] levels = item.topic().split("/", -1);
    boolean ours = levels.length == 5 && levels[0].equals("sites");
    boolean throughGateway = ours && levels[2].equals("gateways");
    String name = ours && !throughGateway ? levels[3] : nameIn(item.detail());
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return;
    }
    String key = item.site() + "/" + name;
    Refused before = byName.get(key);
    byName.put(
        key,
        new Refused(
            item.site(),
            name,
            ours && !throughGateway ? Family.find(levels[2]).orElse(null) : null,
            throughGateway ? levels[3] : null,
            (before == null ? 0 : before.count()) + item.count(),
            item.at()));
  }

  /**
   * On any topic but its own the detail begins with the name, which may have spaces: "S-999 is not
   * registered at fubao", "bay 3 is neither a sensor id nor anybody's alias". Empty where it does
   * not.
   */
  private static String nameIn(String detail) {
    int at = Math.max(detail.indexOf(" is not registered at "), detail.indexOf(" is neither a "));
    return at < 0 ? "" : detail.substring(0, at);
  }

  List<Refused> of(String site) {
    return byName.values().stream().filter(refused -> refused.site().equals(site)).toList();
  }
}
