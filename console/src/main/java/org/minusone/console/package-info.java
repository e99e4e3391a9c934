/**
 * The console: alerts, sensors and the pipeline over HTTP and server-sent events, commands onto
 * their topic. {@link org.minusone.console.ConsoleApp} wires it in one straight line.
 */
package org.minusone.console;
