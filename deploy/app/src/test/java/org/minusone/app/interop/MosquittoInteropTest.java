package org.minusone.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The suite on Debian's mosquitto. */
class MosquittoInteropTest extends InteropSuite {
  @Override
  BrokerUnderTest broker(Path directory, Certificates signed) {
    return new Mosquitto(directory, signed);
  }

  @Test
  void whatItLetsThroughAndIsTooLargeForUsIsRejectedWithItsBeginning() throws Exception {
    assertThat(publishesTooMuch("H-08").exit()).isZero();
    isTooLarge(rejection("H-08"));
    isStillWell("H-08");
  }
}
