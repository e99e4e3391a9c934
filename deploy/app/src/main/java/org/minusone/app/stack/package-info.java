/** Everything embedded in one process: servers, parts, and the order in which they come and go. */
package org.minusone.app.stack;
