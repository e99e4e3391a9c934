package org.minusone.ingest.decode.codec.sparkplug;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The edge nodes that were heard, in a bounded memory. Whoever was silent longest is forgotten
 * first, as if ingest had just started: its next message asks for a rebirth. One edge node gets
 * half of the room, so that it does not cost all others theirs.
 */
final class Edges {
  /** What one of them takes at present. */
  private static final class Kept {
    private final Edge edge = new Edge();
    private int names;
    private int declared;
  }

  private final int mostNames;
  private final int mostDeclared;
  private final Map<String, Kept> byName = new LinkedHashMap<>(16, 0.75f, true);
  private int names;
  private int declared;

  /**
   * @param mostNames edge nodes and devices
   * @param mostDeclared names and aliases that their births said
   */
  Edges(int mostNames, int mostDeclared) {
    this.mostNames = mostNames;
    this.mostDeclared = mostDeclared;
  }

  /** 10,000 edge nodes and devices, 500,000 names and aliases: some 50 MB. */
  static Edges standard() {
    return new Edges(10_000, 500_000);
  }

  /** Known from now on, if it was not. */
  Edge of(String name) {
    return byName.computeIfAbsent(name, unheard -> new Kept()).edge;
  }

  /** After each message that may have made one larger or smaller. */
  void bound(String name) {
    Kept kept = byName.get(name);
    count(kept);
    while ((kept.names > mostNames / 2 || kept.declared > mostDeclared / 2)
        && kept.edge.forgetOne()) {
      count(kept);
    }
    Iterator<Kept> eldest = byName.values().iterator();
    while ((names > mostNames || declared > mostDeclared) && byName.size() > 1) {
      Kept gone = eldest.next();
      names -= gone.names;
      declared -= gone.declared;
      eldest.remove();
    }
  }

  private void count(Kept kept) {
    names += kept.edge.names() - kept.names;
    declared += kept.edge.declared() - kept.declared;
    kept.names = kept.edge.names();
    kept.declared = kept.edge.declared();
  }

  int names() {
    return names;
  }

  int declared() {
    return declared;
  }
}
