/** What a demonstration says at its end (CONTRACTS §5): pure, from alert events and sums. */
package org.minusone.app.summary;
