package org.minusone.app.site;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.minusone.ingest.decode.Units;
import org.minusone.ingest.decode.codec.CodecKind;
import org.minusone.ingest.decode.codec.Codecs;
import org.minusone.model.CodecChoice;
import org.minusone.model.Quantity;
import org.minusone.rules.load.SiteChecks;

/** Holds a site's files against the payload formats and units that this build's ingest has. */
public final class IngestChecks implements SiteChecks {
  @Override
  public Set<String> codecs() {
    return Codecs.ids();
  }

  /** A codec is made of the choice, as ingest will, and thrown away. */
  @Override
  public Optional<String> problem(CodecChoice choice) {
    try {
      Optional<CodecKind> kind = Codecs.find(choice.codec());
      kind.ifPresent(k -> k.create(choice.options()));
      return choice.filter().isEmpty()
          ? Optional.empty()
          : kind.flatMap(k -> k.misfit(choice.filter(), choice.options()));
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public Collection<String> units(Quantity quantity) {
    return Units.known(quantity);
  }
}
