/**
 * How the simulated places behave: heating, filling, smoke, daily courses, noise. Pure functions of
 * time; StrictMath throughout, so that a seed gives the same bytes on every JDK.
 */
package org.minusone.simulator.physics;
