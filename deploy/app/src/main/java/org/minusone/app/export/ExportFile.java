package org.minusone.app.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there whole or not at all. It is written under another name beside its own, which
 * it gets when it is complete; closed before that, or the process ended by a signal, it leaves
 * nothing, and what had its name before stays. What is no ordinary file (a pipe, {@code /dev/null})
 * is written to as it is.
 */
public final class ExportFile implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final Thread onSignal;
  private boolean complete;

  private ExportFile(Path file, Path part, FileChannel channel) {
    this.file = file;
    this.part = part;
    this.channel = channel;
    this.onSignal = new Thread(this::remove, "export-file");
  }

  /**
   * @throws IOException if there is no such folder, or it may not be written
   */
  public static ExportFile open(Path named) throws IOException {
    // A link stays one; what it points at is replaced.
    Path file = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new ExportFile(file, null, FileChannel.open(file, StandardOpenOption.WRITE));
    }
    Path part =
        file.resolveSibling(
            "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
    ExportFile opened =
        new ExportFile(
            file,
            part,
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
    Runtime.getRuntime().addShutdownHook(opened.onSignal);
    return opened;
  }

  public OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /** Gives it its name. Only then may {@link #close} be called without losing it. */
  public void complete() throws IOException {
    if (part != null) {
      // Its name must not come to a disk before its content.
      channel.force(true);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    complete = true;
  }

  private void remove() {
    if (complete) {
      return;
    }
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // Its name says that it is a part.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (part == null) {
      return;
    }
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The process is ending already, and runs it.
    }
  }
}
