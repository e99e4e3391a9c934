package org.minusone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process holds now and has used so far, as Linux tells it (proc(5)).
 *
 * @param residentMb MiB in memory now, VmRSS
 * @param peakMb the most MiB it ever had in memory, VmHWM
 * @param cpu user and system time of all its threads
 */
record Footprint(long residentMb, long peakMb, Duration cpu) {

  /**
   * @throws IOException if it has ended, or this is no Linux
   */
  static Footprint of(ProcessHandle process) throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
    return new Footprint(
        mib(status, "VmRSS:"),
        mib(status, "VmHWM:"),
        process.info().totalCpuDuration().orElse(Duration.ZERO));
  }

  private static long mib(List<String> status, String key) throws IOException {
    for (String line : status) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("the process has ended, it has no " + key);
  }
}
