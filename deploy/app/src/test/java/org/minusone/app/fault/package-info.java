/**
 * Servers stop and processes are killed under load: what was acknowledged to a gateway must be
 * kept, once, and what could not be read must be told. Everything random comes from one seed.
 */
package org.minusone.app.fault;
