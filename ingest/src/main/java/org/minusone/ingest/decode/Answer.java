package org.minusone.ingest.decode;

/** What is to be published in return once everything of a message is kept. */
public record Answer(String topic, byte[] payload) {}
