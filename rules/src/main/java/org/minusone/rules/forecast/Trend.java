package org.minusone.rules.forecast;

/**
 * Holt's level and slope in continuous time, two neighbouring doubles of a memory:
 *
 * <pre>
 * a = 1 − e^(−dt/τl)   c = 1 − e^(−dt/τb)   p = l + b·dt   l' = p + a(v − p)   b += c((l' − l)/dt − b)
 * </pre>
 */
final class Trend {
  private Trend() {}

  /**
   * Takes in {@code x}.
   *
   * @param at index of the level; the slope stands behind it
   * @return by how much {@code x} missed what was predicted
   */
  static double follow(
      double[] memory, int at, double seconds, double x, double levelS, double slopeS) {
    double level = memory[at];
    double predicted = level + memory[at + 1] * seconds;
    double next = predicted + -StrictMath.expm1(-seconds / levelS) * (x - predicted);
    double gain = -StrictMath.expm1(-seconds / slopeS);
    memory[at + 1] += gain * ((next - level) / seconds - memory[at + 1]);
    memory[at] = next;
    return x - predicted;
  }
}
