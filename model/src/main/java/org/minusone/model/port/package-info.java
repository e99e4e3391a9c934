/** Where modules that never see each other meet: interfaces that {@code deploy/app} wires. */
package org.minusone.model.port;
