/**
 * The channels, a small class each behind {@link org.minusone.alerting.notify.Notifier}. All pass
 * one contract test against a real counterpart. What is particular to a service (its format, its
 * signature, how it says no) stands in its class, with where that is written down.
 */
package org.minusone.alerting.notify.channel;
