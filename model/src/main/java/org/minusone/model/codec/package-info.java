/** How the records travel: topic names, JSON and Protobuf, Kafka serializers. */
package org.minusone.model.codec;
