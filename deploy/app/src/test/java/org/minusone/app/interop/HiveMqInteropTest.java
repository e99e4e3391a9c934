package org.minusone.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The suite on the embedded broker. */
class HiveMqInteropTest extends InteropSuite {
  @Override
  BrokerUnderTest broker(Path directory, Certificates signed) {
    return new HiveMq(directory, signed);
  }

  @Test
  void moreThanWeTakeIsRefusedAtThePublisher() throws Exception {
    Stranger.Outcome outcome = publishesTooMuch("H-08");
    assertThat(outcome.exit()).as(outcome.said()).isNotZero();
    isStillWell("H-08");
    assertThat(isRejected("H-08")).isFalse();
  }
}
