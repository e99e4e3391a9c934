/**
 * Who did what: an entry for every command, sign-in and whatever lets others in, kept on the topic
 * {@code audit} beside the log's lines.
 */
package org.minusone.console.audit;
