/**
 * Sparkplug B (Eclipse Sparkplug 3.0): bytes to a payload, its metrics by name or alias, births and
 * deaths of edge nodes and their devices, and the request for a rebirth.
 *
 * <p>The payload is read field by field with protobuf's own stream: the generated classes of
 * Eclipse Tahu are bound to an old protobuf that does not work beside ours, and would read datasets
 * and templates that we have no use for. Field numbers, data types and rules were read in the
 * specification; what is our own reading is marked (D) where it stands.
 */
package org.minusone.ingest.decode.codec.sparkplug;
