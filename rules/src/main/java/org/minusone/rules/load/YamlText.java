package org.minusone.rules.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** One YAML 1.2 file as a tree of values that know their place. */
public final class YamlText {
  /** A site of a hundred thousand sensors takes about 20 MB. */
  private static final int LARGEST_BYTES = 64 << 20;

  /** Our formats need 7; the composer recurses, so that a file of brackets could end the thread. */
  private static final int DEEPEST = 50;

  private YamlText() {}

  /** The root of {@code file}; empty once why is among the problems. */
  public static Optional<Value> read(Path file, Problems problems) {
    byte[] bytes;
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LARGEST_BYTES) {
        problems.error(file, 1, 1, "larger than " + (LARGEST_BYTES >> 20) + " MiB");
        return Optional.empty();
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      problems.error(file, 1, 1, "there is no such file");
      return Optional.empty();
    } catch (IOException e) {
      problems.error(file, 1, 1, "cannot be read: " + reason(file, e));
      return Optional.empty();
    }
    return decode(file, bytes, problems).flatMap(text -> parse(file, text, problems));
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a directory";
    }
    return Files.isReadable(file) ? String.valueOf(e.getMessage()) : "no permission";
  }

  private static Optional<String> decode(Path file, byte[] bytes, Problems problems) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException e) {
      int[] place = place(new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8));
      problems.error(file, place[0], place[1], "not UTF-8 text");
      return Optional.empty();
    }
  }

  /** The root of {@code text}; {@code file} only names it. */
  static Optional<Value> parse(Path file, String text, Problems problems) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setUseMarks(true)
            .setCodePointLimit(LARGEST_BYTES)
            .setAllowNonScalarKeys(true)
            .build();
    try {
      Optional<Mark> tooDeep = tooDeep(settings, body);
      if (tooDeep.isPresent()) {
        at(file, tooDeep, problems, "nested more than " + DEEPEST + " deep");
        return Optional.empty();
      }
      Optional<Node> root = new Compose(settings).composeString(body);
      if (root.isEmpty()) {
        problems.error(file, 1, 1, "the file is empty");
      }
      return root.map(node -> new Value(file, node, "the file", problems));
    } catch (MarkedYamlEngineException e) {
      String context = e.getContext() == null ? "" : " " + e.getContext();
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      at(file, mark, problems, "not valid YAML: " + e.getProblem() + context);
    } catch (ReaderException e) {
      int end =
          body.offsetByCodePoints(
              0, Math.min(e.getPosition(), body.codePointCount(0, body.length())));
      int[] place = place(body.substring(0, end));
      problems.error(
          file,
          place[0],
          place[1],
          String.format("not valid YAML: the character U+%04X is not allowed", e.getCodePoint()));
    } catch (YamlEngineException e) {
      problems.error(file, 1, 1, "not valid YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static Optional<Mark> tooDeep(LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
      }
      if (depth > DEEPEST) {
        return event.getStartMark();
      }
    }
    return Optional.empty();
  }

  private static void at(Path file, Optional<Mark> mark, Problems problems, String message) {
    problems.error(
        file,
        mark.map(m -> m.getLine() + 1).orElse(1),
        mark.map(m -> m.getColumn() + 1).orElse(1),
        message);
  }

  /** Line and column, from 1, of what follows {@code before}. */
  private static int[] place(String before) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new int[] {line, before.length() - before.lastIndexOf('\n')};
  }
}
