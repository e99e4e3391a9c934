package org.minusone.simulator.physics;

/**
 * Randomness without a generator's state: every draw is a function of a seed and what is asked for,
 * so that a value does not depend on which other values were drawn before it.
 */
public final class Noise {
  /** No draw of {@link #gauss} lies further out than this many standard deviations. */
  public static final double WIDEST = 2 * StrictMath.sqrt(3);

  private Noise() {}

  /** Mixes two numbers into one that looks like neither (SplitMix64's finisher). */
  public static long mix(long a, long b) {
    long z = a * 0x9E3779B97F4A7C15L + b + 0x632BE59BD9B4E019L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number for a name, the same in every process. */
  public static long of(String name) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * 0x100000001B3L;
    }
    return h;
  }

  /** Even between 0 and 1. */
  public static double uniform(long key) {
    return (mix(key, 0x5DEECE66DL) >>> 11) * 0x1.0p-53;
  }

  /** Mean 0, standard deviation 1, bell-shaped, never beyond {@link #WIDEST} (four uniforms). */
  public static double gauss(long key) {
    double sum = 0;
    for (int i = 1; i <= 4; i++) {
      sum += uniform(mix(key, i));
    }
    return (sum - 2) * StrictMath.sqrt(3);
  }
}
