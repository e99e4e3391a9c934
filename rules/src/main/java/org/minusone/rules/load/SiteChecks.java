package org.minusone.rules.load;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.CodecChoice;
import org.minusone.model.Quantity;

/**
 * What a site's files refer to and only ingest knows: payload formats and units. A port: this
 * module does not see ingest.
 */
public interface SiteChecks {
  /** Takes every codec and every unit for good: where there is no ingest to ask. */
  SiteChecks NONE =
      new SiteChecks() {
        @Override
        public Set<String> codecs() {
          return Set.of();
        }

        @Override
        public Optional<String> problem(CodecChoice choice) {
          return Optional.empty();
        }

        @Override
        public Collection<String> units(Quantity quantity) {
          return Set.of();
        }
      };

  /** The names of the codecs; empty = not known. */
  Set<String> codecs();

  /**
   * What is wrong with the options of a choice whose codec is known: one line for a person, {@code
   * codec mapped-json, values.state: …}.
   */
  Optional<String> problem(CodecChoice choice);

  /** The units that values of {@code quantity} are converted from; empty = not known. */
  Collection<String> units(Quantity quantity);
}
