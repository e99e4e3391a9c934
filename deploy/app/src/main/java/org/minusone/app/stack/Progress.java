package org.minusone.app.stack;

/** Told what is being started, so that whoever waits can see it. */
public interface Progress {
  Progress SILENT = line -> {};

  void say(String line);
}
