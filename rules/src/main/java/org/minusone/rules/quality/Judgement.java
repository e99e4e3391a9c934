package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;

/**
 * What was found of a reading, and with it perhaps of the one before: written into an object the
 * caller owns, so that a reading costs no garbage.
 */
public final class Judgement {
  /** Of the reading; what it came with, or worse. */
  public QualityFlag flag = QualityFlag.NOT_EVALUATED;

  /** The test that gave {@link #flag}; null where the reading came with it. */
  public String test;

  /** In words and numbers why; null without {@link #test}. */
  public String detail;

  /** Of the reading before, where its flag turned out worse than it was; else null. */
  public QualityFlag earlier;

  public String earlierTest;
  public String earlierDetail;

  /** The reading before: its own stamp, its time as it counted, its value. */
  public long earlierOwnMs;

  public long earlierMs;
  public double earlierValue;

  /** Whether the reading before counted as good until now, and fails. */
  public boolean undoesEarlier;

  /** Whether the next reading may make this one fail. */
  public boolean mayBeUndone;

  /** Nothing was found yet. */
  public void clear(QualityFlag given) {
    flag = given;
    test = null;
    detail = null;
    earlier = null;
    earlierTest = null;
    earlierDetail = null;
    undoesEarlier = false;
    mayBeUndone = false;
  }
}
