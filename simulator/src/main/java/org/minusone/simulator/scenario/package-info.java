/**
 * What each sensor reports and when: pure functions of a site, a seed and the time. Nothing here
 * knows a clock, a broker or a file; {@code publish} carries the reports out at their due time.
 */
package org.minusone.simulator.scenario;
