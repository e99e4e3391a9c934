/**
 * What one payload becomes, with nothing running: ingest's own decoder over a site's files, or over
 * a site made up for a payload that has none yet, and where each number came from.
 */
package org.minusone.app.decode;
