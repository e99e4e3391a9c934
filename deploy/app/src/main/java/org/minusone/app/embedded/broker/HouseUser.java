package org.minusone.app.embedded.broker;

/**
 * A user of our own: no gateway, not in the site's files.
 *
 * @param password a random one
 */
public record HouseUser(String name, String password, Rights rights) {
  /** What a user of our own may do. */
  public enum Rights {
    /** Subscribes to everything, answers gateways. */
    INGEST,
    /** Publishes and subscribes to everything, runs ({@code sites/+@…}) too. */
    ENGINEER
  }

  /** The password stays inside. */
  @Override
  public String toString() {
    return "HouseUser[" + name + ", " + rights + "]";
  }
}
