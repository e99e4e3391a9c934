/** Measures alerting: signals through the lifecycle, memory of open alerts, the first call. */
package org.minusone.bench.alerting;
