/**
 * What was rejected: the topic {@code rejected} indexed in bounded memory, searched as far back as
 * it is kept, and tried again on request.
 */
package org.minusone.console.quarantine;
