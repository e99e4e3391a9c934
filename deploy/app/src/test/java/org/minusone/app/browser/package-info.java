/**
 * What an operator sees and does, in a real browser on the running stack. Stories lean on roles,
 * labels and words, as a person does, so that the pages may be rebuilt beneath them.
 */
package org.minusone.app.browser;
