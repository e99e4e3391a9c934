/**
 * What the console knows: alerts, latest values and rejections as their topics tell them, and the
 * views computed from these. Kafka stays in the classes whose names begin with it.
 */
package org.minusone.console.feed;
