/** Reads who is told what: {@code alerting.notify}, a file of receivers and routes. */
package org.minusone.app.notify;
