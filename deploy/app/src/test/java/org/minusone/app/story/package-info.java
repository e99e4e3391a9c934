/** The simulator's story and the rules of the site, held against each other. */
package org.minusone.app.story;
