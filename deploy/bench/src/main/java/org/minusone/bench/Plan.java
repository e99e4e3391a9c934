package org.minusone.bench;

/**
 * How much is measured.
 *
 * @param starts how often a first and a second start are made
 * @param idleS how long the demo is left to itself, twice, in the last of them
 * @param rounds of crossings
 * @param crossings a round
 * @param perSecond crossings a second
 * @param bursts of each kind
 * @param readings a burst; three times as many where a message carries ten
 */
record Plan(
    int starts, int idleS, int rounds, int crossings, double perSecond, int bursts, int readings) {
  /** What the README's figures come from: about twelve minutes. */
  static final Plan FULL = new Plan(3, 60, 3, 500, 10, 3, 100_000);

  /** To see that it works: about three minutes. */
  static final Plan QUICK = new Plan(1, 15, 1, 100, 10, 1, 20_000);

  Plan withCrossings(int count, double rate) {
    return new Plan(starts, idleS, rounds, count, rate, bursts, readings);
  }

  Plan withReadings(int count) {
    return new Plan(starts, idleS, rounds, crossings, perSecond, bursts, count);
  }
}
