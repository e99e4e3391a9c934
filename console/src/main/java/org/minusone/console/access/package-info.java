/**
 * Who may ask for what: sign-in links, sessions, bearer tokens, roles, and the checks of Host and
 * Origin that keep foreign web pages out of a loopback server. Knows no HTTP library.
 */
package org.minusone.console.access;
