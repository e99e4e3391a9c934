/**
 * QARTOD's tests of a sensor's readings (US IOOS, Water Level manual v2.1), streaming: each takes
 * one reading after another and never waits. Only the spike test speaks of a reading later, once
 * its successor is known. Flags follow ioos_qc's conventions; the vectors in the tests hold them.
 * Pure: {@code java.*} and the model only.
 */
package org.minusone.rules.quality;
