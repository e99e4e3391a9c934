package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;

/**
 * QARTOD gap: a reading that comes later after the one before it than it should. As long as the
 * limit passes. The flag is the late one's; that nothing came is told by the rules for silence.
 *
 * @param suspectMs {@code Long.MAX_VALUE} = never suspect
 * @param failMs {@code Long.MAX_VALUE} = never fails
 */
public record Gap(long suspectMs, long failMs) {

  public QualityFlag of(long elapsedMs) {
    if (elapsedMs > failMs) {
      return QualityFlag.FAIL;
    }
    return elapsedMs > suspectMs ? QualityFlag.SUSPECT : QualityFlag.PASS;
  }
}
