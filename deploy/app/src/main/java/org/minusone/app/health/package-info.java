/**
 * The topic {@code health}: what each part says of itself, published each second and followed by
 * every role.
 */
package org.minusone.app.health;
