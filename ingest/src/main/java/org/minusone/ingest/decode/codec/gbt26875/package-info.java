/**
 * GB/T 26875.3-2011, the frames by which user information transmission devices (用户信息传输装置) report
 * fire facilities to a monitoring centre: bytes to frames, frames to states and analog values, and
 * what is answered.
 *
 * <p>Layout, commands, types, bits, analog types and the rule which frames are confirmed and which
 * denied were read in a public transcription of the standard, and agree with sample frames and a
 * second implementation; the standard's own text was not at hand. What is our own reading is marked
 * (D) where it stands.
 */
package org.minusone.ingest.decode.codec.gbt26875;
