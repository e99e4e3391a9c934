/**
 * The configuration of {@code run} and of {@code up} beyond loopback: one list of settings, read
 * from a YAML file, the environment and files of secrets, each value with where it came from. What
 * is wrong is said at its place, in one line. Below stand the records and properties that the parts
 * are made of.
 */
package org.minusone.app.config;
