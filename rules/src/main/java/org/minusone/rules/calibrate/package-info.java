/**
 * Fits a rule's operating point and interval to what a site's sensors once reported. It proposes
 * and shows how well that held on sensors it was not fitted on; whether it goes into the rule file
 * is for a person to say. Nothing here runs live.
 */
package org.minusone.rules.calibrate;
