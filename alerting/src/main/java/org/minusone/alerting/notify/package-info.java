/**
 * Telling people and other systems: {@code NotificationPipeline} says to whom an event goes, {@code
 * DeliveryLifecycle} what becomes of each delivery, both pure; {@code DeliveryWorker} reads and
 * plans, {@code Attempts} carries out, {@code channel} holds one small notifier a channel. A new
 * channel is a class there and a reader in the configuration.
 */
package org.minusone.alerting.notify;
