package org.minusone.console.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of the machine's memory. */
public final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private final Integer limitMb;

  /**
   * @param limitMb what it is meant to stay under; null where nobody said
   */
  public Memory(Integer limitMb) {
    this.limitMb = limitMb;
  }

  Integer limitMb() {
    return limitMb;
  }

  /** Resident MiB; where the system does not say, what the heap uses. */
  long residentMb() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(RESIDENT)) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      // Not a Linux: the heap then.
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
