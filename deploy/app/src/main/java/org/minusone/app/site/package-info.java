/**
 * The topic {@code site}: a version published entity by entity, then followed by every role while
 * it runs.
 */
package org.minusone.app.site;
