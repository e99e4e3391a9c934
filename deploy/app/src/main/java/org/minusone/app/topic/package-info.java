/** Kafka topics as they are created, and compacted ones followed as tables. */
package org.minusone.app.topic;
