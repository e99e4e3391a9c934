/**
 * The routes of {@code openapi.yaml} over Javalin: each reads the feed's views and writes JSON, or
 * a problem after RFC 9457.
 */
package org.minusone.console.http;
