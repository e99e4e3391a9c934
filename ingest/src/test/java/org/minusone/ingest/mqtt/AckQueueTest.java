package org.minusone.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.mqtt.AckQueue.Ticket;

class AckQueueTest {
  private final AckQueue queue = new AckQueue();

  @Test
  void acksLeaveInOrderOfArrivalWhateverTheOrderOfBeingDone() {
    int connection = queue.connected();
    Ticket first = queue.arrived(connection, 1);
    Ticket second = queue.arrived(connection, 2);
    Ticket third = queue.arrived(connection, 3);
    assertThat(done(queue, third)).isEmpty();
    assertThat(done(queue, first)).containsExactly(1);
    assertThat(done(queue, second)).containsExactly(2, 3);
    assertThat(queue.size()).isZero();
  }

  @Test
  void anAckOfAnEarlierConnectionIsDropped() {
    int earlier = queue.connected();
    Ticket old = queue.arrived(earlier, 1);
    int now = queue.connected();
    Ticket fresh = queue.arrived(now, 1);
    assertThat(done(queue, old)).isEmpty();
    assertThat(done(queue, fresh)).containsExactly(1);
  }

  @Test
  void aMessageThatOutlivesItsConnectionHoldsNobodyBack() {
    int earlier = queue.connected();
    int now = queue.connected();
    Ticket late = queue.arrived(earlier, 7);
    Ticket fresh = queue.arrived(now, 1);
    assertThat(done(queue, fresh)).containsExactly(1);
    assertThat(done(queue, late)).isEmpty();
  }

  /**
   * Named invariants: what leaves on a connection is a prefix of what arrived on it; nothing leaves
   * that is not done; when all of the last connection are done, all have left.
   */
  @Test
  void theInvariantsHoldUnderAnyInterleaving() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      AckQueue acks = new AckQueue();
      int connection = acks.connected();
      List<Ticket> open = new ArrayList<>();
      List<Integer> arrived = new ArrayList<>();
      List<Integer> left = new ArrayList<>();
      Set<Integer> done = new HashSet<>();
      Set<Ticket> current = new HashSet<>();
      int packet = 0;
      for (int step = 0; step < 400; step++) {
        int what = random.nextInt(20);
        if (what == 0) {
          connection = acks.connected();
          arrived.clear();
          left.clear();
          done.clear();
          current.clear();
          packet = 0;
        } else if (what < 10 || open.isEmpty()) {
          packet++;
          Ticket ticket = acks.arrived(connection, packet);
          arrived.add(packet);
          open.add(ticket);
          current.add(ticket);
        } else {
          Ticket ticket = open.remove(random.nextInt(open.size()));
          if (current.contains(ticket)) {
            done.add(packetIdOf(ticket));
          }
          left.addAll(done(acks, ticket));
          assertThat(left)
              .as("a prefix leaves, seed " + seed)
              .isEqualTo(arrived.subList(0, left.size()));
          assertThat(done).as("only done ones leave, seed " + seed).containsAll(left);
        }
      }
      open.stream().filter(current::contains).forEach(ticket -> left.addAll(done(acks, ticket)));
      assertThat(left).as("all leave in the end, seed " + seed).isEqualTo(arrived);
    }
  }

  private static List<Integer> done(AckQueue queue, Ticket ticket) {
    List<Integer> leaving = new ArrayList<>();
    queue.done(ticket, leaving::add);
    return leaving;
  }

  private static int packetIdOf(Ticket ticket) {
    String text = ticket.toString();
    return Integer.parseInt(text.substring(text.indexOf('/') + 1));
  }
}
