package org.minusone.simulator.replay;

import java.io.IOException;

/** A file that cannot be replayed at all; the message is one line for a person. */
public final class UnreadableRecording extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableRecording(String message) {
    super(message);
  }
}
