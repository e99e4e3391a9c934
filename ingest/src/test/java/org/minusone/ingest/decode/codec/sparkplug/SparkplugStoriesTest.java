package org.minusone.ingest.decode.codec.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.ingest.decode.codec.sparkplug.SparkplugLine.s;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.alias;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.bdSeq;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.named;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.payload;

import org.junit.jupiter.api.Test;

/** An edge node, its devices and a line that loses things, second by second. */
class SparkplugStoriesTest {
  private static final int FLOAT = 9;
  private static final String ASKED = "answer spBv1.0/Fubao/NCMD/gw-1";
  private static final String UNKNOWN =
      ": its birth was not seen since ingest started or it died, another is requested; unknown"
          + " without it: alias 2";

  private final SparkplugLine line = SparkplugLine.plain();

  private static Spb nbirth(double second, long session) {
    return payload(s(second), 0)
        .metric(bdSeq(session))
        .metric(named("Node Control/Rebirth").type(Value.BOOLEAN).flag(false));
  }

  private static Spb ndeath(double second, long session) {
    return payload(s(second)).metric(bdSeq(session));
  }

  /** Two metrics by alias: a temperature and a level. */
  private static Spb dbirth(double second, int seq) {
    return payload(s(second), seq)
        .metric(
            named("Inputs/Temp")
                .alias0(1)
                .at(s(second))
                .type(FLOAT)
                .engUnit("°F")
                .floatValue(70.7f))
        .metric(named("Inputs/Level").alias0(2).at(s(second)).type(Value.INT16).intValue(7));
  }

  private static Spb ddata(double second, int seq, int level) {
    return payload(s(second), seq).metric(alias(2).at(s(second)).intValue(level));
  }

  private SparkplugLine born() {
    return line.at(0)
        .tells(
            "Fubao/NBIRTH/gw-1",
            nbirth(0, 5),
            "nothing: only metrics of the protocol: bdSeq, Node Control/Rebirth")
        .at(1)
        .tells(
            "Fubao/DBIRTH/gw-1/H-07",
            dbirth(1, 1),
            "[Fubao/gw-1/H-07 @" + s(1) + "]",
            "Inputs/Temp=70.7 °F",
            "Inputs/Level=7.0");
  }

  private static String[] level(double second, double level, String... more) {
    String[] lines = new String[2 + more.length];
    lines[0] = "[Fubao/gw-1/H-07 @" + s(second) + "]";
    lines[1] = "Inputs/Level=" + level;
    System.arraycopy(more, 0, lines, 2, more.length);
    return lines;
  }

  private static String[] missing(String... more) {
    String[] lines = new String[1 + more.length];
    lines[0] = "!no-birth Fubao/gw-1/H-07" + UNKNOWN;
    System.arraycopy(more, 0, lines, 1, more.length);
    return lines;
  }

  @Test
  void aBirthExplainsWhatFollowsAndAGapAsksForItAgain() {
    born()
        .at(2)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(2, 2, -8), level(2, -8))
        .at(3)
        // 3 is lost.
        .tells("Fubao/DDATA/gw-1/H-07", ddata(3, 4, 9), level(3, 9, ASKED))
        .at(4)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(4, 5, 10), level(4, 10))
        .at(5)
        .hears("Fubao/NBIRTH/gw-1", nbirth(5, 5))
        // Between its node's birth and its own it is not understood.
        .at(5.5)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(5.5, 1, 11), missing())
        .at(6)
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(6, 2))
        .at(7)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(7, 3, 12), level(7, 12));
  }

  @Test
  void aRestartOfIngestRefusesUntilTheBirthThatItAsksFor() {
    line.at(100)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(100, 17, 1), missing(ASKED))
        .at(103)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(103, 18, 2), missing())
        .at(109.9)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(109.9, 19, 3), missing())
        .at(110)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(110, 20, 4), missing(ASKED))
        .at(111)
        .hears("Fubao/NBIRTH/gw-1", nbirth(111, 5))
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(111, 1))
        .at(112)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(112, 2, 5), level(112, 5));
  }

  @Test
  void theCountOfMessagesIsOneForTheNodeAndItsDevicesAndStartsAgainAfter255() {
    born();
    for (int seq = 2; seq < 300; seq++) {
      boolean node = seq % 3 == 0;
      line.at(seq)
          .tells(
              node ? "Fubao/NDATA/gw-1" : "Fubao/DDATA/gw-1/H-07",
              payload(s(seq), seq % 256).metric(named("load").type(FLOAT).floatValue(1)),
              "[Fubao/gw-1" + (node ? "" : "/H-07") + " @" + s(seq) + "]",
              "load=1.0");
    }
  }

  @Test
  void anEdgeNodeThatDiesTakesItsDevicesWithItAndIsNotUnderstoodUntilItIsBorn() {
    born()
        .hears("Fubao/DBIRTH/gw-1/S-1", payload(s(1), 2))
        .hears("Fubao/DBIRTH/gw-1/W-1", payload(s(1), 3))
        .at(2)
        .tells("Fubao/DDEATH/gw-1/W-1", payload(s(2), 4), "[Fubao/gw-1/W-1 @" + s(2) + " offline]")
        .at(60)
        .tells(
            "Fubao/NDEATH/gw-1",
            // Written when it connected.
            ndeath(-1, 5),
            "[Fubao/gw-1 @now offline]",
            "[Fubao/gw-1/H-07 @now offline]",
            "[Fubao/gw-1/S-1 @now offline]")
        .at(61)
        // Its new birth was lost, and an alias may be another metric's now.
        .tells("Fubao/DDATA/gw-1/H-07", ddata(61, 3, 4), missing(ASKED))
        .at(62)
        .hears("Fubao/NBIRTH/gw-1", nbirth(62, 6))
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(62, 1))
        .at(63)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(63, 2, 5), level(63, 5))
        .at(70)
        .tells(
            "Fubao/NDEATH/gw-1",
            ndeath(61, 6),
            "[Fubao/gw-1 @now offline]",
            "[Fubao/gw-1/H-07 @now offline]");
  }

  @Test
  void theWillOfAConnectionThatWasReplacedKillsNobody() {
    born()
        .at(10)
        .hears("Fubao/NBIRTH/gw-1", nbirth(10, 6))
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(10, 1))
        .at(40)
        .tells(
            "Fubao/NDEATH/gw-1",
            ndeath(0, 5),
            "nothing: the death of an earlier session of Fubao/gw-1, which lives")
        .at(41)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(41, 2, 5), level(41, 5));
  }

  @Test
  void aDeathIsAfterTheNewestMessageOfAnEdgeNodeWhoseClockIsAhead() {
    born()
        .at(2)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(32, 2, 5), level(32, 5))
        .at(3)
        .tells(
            "Fubao/NDEATH/gw-1",
            ndeath(-1, 5),
            "[Fubao/gw-1 @" + (s(32) + 1) + " offline]",
            "[Fubao/gw-1/H-07 @" + (s(32) + 1) + " offline]");
  }

  @Test
  void aDeviceThatDiesIsOfflineAndHasToBeBornAgain() {
    born()
        .at(2)
        .tells(
            "Fubao/DDEATH/gw-1/H-07", payload(s(2), 2), "[Fubao/gw-1/H-07 @" + s(2) + " offline]")
        .at(3)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(3, 3, 4), missing(ASKED))
        .at(4)
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(4, 4))
        .at(5)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(5, 5, 4), level(5, 4));
  }

  @Test
  void aDeathWithoutATimeThatCouldBeOneIsStillADeath() {
    born()
        .at(2)
        .tells("Fubao/DDEATH/gw-1/H-07", payload(7, 2), "[Fubao/gw-1/H-07 @now offline]")
        .tells(
            "Fubao/DDEATH/gw-1/H-07",
            new Spb().with(out -> out.writeUInt64(3, 3)),
            "[Fubao/gw-1/H-07 @now offline]");
  }

  @Test
  void messagesThatComeTwiceTellTheSameAndAskForNothing() {
    Spb data = ddata(2, 2, 8);
    born()
        .at(2)
        .tells("Fubao/DDATA/gw-1/H-07", data, level(2, 8))
        .tells("Fubao/DDATA/gw-1/H-07", data, level(2, 8))
        .at(3)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(3, 3, 9), level(3, 9))
        // The line broke before the broker knew of any: all of it again.
        .at(9)
        .tells(
            "Fubao/NBIRTH/gw-1",
            nbirth(0, 5),
            "nothing: only metrics of the protocol: bdSeq, Node Control/Rebirth")
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(1, 1))
        .tells("Fubao/DDATA/gw-1/H-07", data, level(2, 8))
        .tells("Fubao/DDATA/gw-1/H-07", ddata(3, 3, 9), level(3, 9))
        .tells("Fubao/DDATA/gw-1/H-07", ddata(9, 4, 10), level(9, 10))
        .at(10)
        .tells(
            "Fubao/NDEATH/gw-1",
            ndeath(-1, 5),
            "[Fubao/gw-1 @now offline]",
            "[Fubao/gw-1/H-07 @now offline]")
        .at(11)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(9, 4, 10), level(9, 10))
        .tells(
            "Fubao/NDEATH/gw-1",
            ndeath(-1, 5),
            "[Fubao/gw-1 @now offline]",
            "[Fubao/gw-1/H-07 @now offline]");
  }

  @Test
  void whatWasRefusedIsTriedAgainWithoutTouchingTheCount() {
    line.at(100).tells("Fubao/DDATA/gw-1/H-07", ddata(100, 17, 1), missing(ASKED));
    line.at(101)
        .hears("Fubao/NBIRTH/gw-1", nbirth(101, 5))
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(101, 1))
        .at(5000)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(5000, 2, 5), level(5000, 5))
        // From the quarantine, with its first arrival.
        .at(100)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(100, 17, 1), level(100, 1))
        .tells("Fubao/DDATA/gw-1/H-07", ddata(100, 3, 1), level(100, 1))
        .at(5001)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(5001, 3, 6), level(5001, 6));
  }

  @Test
  void anEdgeNodeWhoseClockIsSetBackGoesOn() {
    born()
        .at(3600)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(3600, 2, 1), level(3600, 1))
        .at(3601)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(1, 3, 2), level(1, 2))
        .at(3602)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(2, 5, 3), level(2, 3, ASKED));
  }

  @Test
  void anAliasThatTheBirthLacksCostsItsNeighboursNothing() {
    born()
        .at(2)
        .tells(
            "Fubao/DDATA/gw-1/H-07",
            payload(s(2), 2)
                .metric(alias(99).intValue(1))
                .metric(alias(2).intValue(3))
                .metric(alias(-1).intValue(1)),
            "!no-birth Fubao/gw-1/H-07: not in its birth, another is requested: alias 99, alias"
                + " 18446744073709551615",
            "[Fubao/gw-1/H-07 @" + s(2) + "]",
            "Inputs/Level=3.0",
            ASKED);
  }

  @Test
  void whatNoBirthHelpsAgainstIsAskedForLessAndLess() {
    StringBuilder asked = new StringBuilder();
    born();
    int seq = 2;
    for (int second = 2; second < 200; second++) {
      line.at(second);
      Spb data = payload(s(second), seq++ % 256).metric(alias(99).intValue(1));
      if (line.told("Fubao/DDATA/gw-1/H-07", data).contains(ASKED)) {
        asked.append(second).append(' ');
        line.at(second + 0.1)
            .hears("Fubao/NBIRTH/gw-1", nbirth(second + 0.1, 5))
            .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(second + 0.1, 1));
        seq = 2;
      }
    }
    assertThat(asked.toString()).isEqualTo("2 12 32 72 152 ");
  }

  @Test
  void twoEdgeNodesAreApart() {
    born()
        .at(2)
        .hears("Fubao/NBIRTH/gw-2", nbirth(2, 9))
        .hears(
            "Fubao/DBIRTH/gw-2/H-07",
            payload(s(2), 1).metric(named("x").alias0(2).type(FLOAT).floatValue(1)))
        .at(3)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(3, 2, 8), level(3, 8))
        .tells(
            "Other/DDATA/gw-1/H-07",
            ddata(3, 2, 8),
            "!no-birth Other/gw-1/H-07" + UNKNOWN,
            "answer spBv1.0/Other/NCMD/gw-1")
        .at(4)
        .tells(
            "Fubao/NDEATH/gw-2",
            ndeath(1, 9),
            "[Fubao/gw-2 @now offline]",
            "[Fubao/gw-2/H-07 @now offline]")
        .at(5)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(5, 3, 8), level(5, 8));
  }

  @Test
  void whoIsForgottenForLackOfRoomIsAskedAgain() {
    SparkplugLine small = SparkplugLine.on(new Edges(4, 100));
    small
        .at(0)
        .hears("Fubao/NBIRTH/gw-1", nbirth(0, 5))
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(0, 1))
        .hears("Fubao/NBIRTH/gw-2", nbirth(0, 5))
        .hears("Fubao/NBIRTH/gw-3", nbirth(0, 5))
        .at(1)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(1, 2, 8), level(1, 8))
        .hears("Fubao/NBIRTH/gw-4", nbirth(0, 5))
        .hears("Fubao/NBIRTH/gw-5", nbirth(0, 5))
        .at(2)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(2, 3, 9), level(2, 9))
        .hears("Fubao/NBIRTH/gw-6", nbirth(0, 5))
        .hears("Fubao/NBIRTH/gw-7", nbirth(0, 5))
        .hears("Fubao/NBIRTH/gw-8", nbirth(0, 5))
        .at(3)
        .tells("Fubao/DDATA/gw-1/H-07", ddata(3, 4, 9), missing(ASKED));
  }

  @Test
  void oneThatFillsTheRoomDoesNotCostOthersTheirs() {
    SparkplugLine small = SparkplugLine.on(new Edges(10, 100));
    small
        .at(0)
        .hears("Fubao/NBIRTH/gw-1", nbirth(0, 5))
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(0, 1))
        .hears("Fubao/NBIRTH/gw-2", nbirth(0, 5));
    for (int device = 0; device < 50; device++) {
      small.hears("Fubao/DBIRTH/gw-2/D-" + device, dbirth(0, 1 + device));
    }
    small.at(1).tells("Fubao/DDATA/gw-1/H-07", ddata(1, 2, 8), level(1, 8));
  }

  @Test
  void theRoomThatIsTakenIsWhatIsRemembered() {
    Edges edges = new Edges(10, 100);
    SparkplugLine counted = SparkplugLine.on(edges);
    counted
        .at(0)
        .hears("Fubao/NBIRTH/gw-1", nbirth(0, 5))
        .hears("Fubao/DBIRTH/gw-1/H-07", dbirth(0, 1))
        .hears("Fubao/DBIRTH/gw-1/H-08", dbirth(0, 2))
        .hears("Fubao/DBIRTH/gw-1/H-08", dbirth(1, 3));
    // Two names without an alias, and twice two with one.
    assertThat(edges.declared()).isEqualTo(10);
    assertThat(edges.names()).isEqualTo(3);
    counted.at(2).hears("Fubao/DDEATH/gw-1/H-07", payload(s(2), 4));
    assertThat(edges.declared()).isEqualTo(6);
    counted.at(3).hears("Fubao/NBIRTH/gw-1", nbirth(3, 5));
    assertThat(edges.declared()).isEqualTo(2);
    assertThat(edges.names()).isEqualTo(3);
    counted.hears("Fubao/NDEATH/gw-1", ndeath(0, 5)).at(4);
    counted.hears("Fubao/DDATA/gw-1/H-07", ddata(4, 1, 1));
    assertThat(edges.declared()).isZero();
    assertThat(edges.names()).isEqualTo(2);
  }
}
