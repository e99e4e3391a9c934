/**
 * Ingest and series measured by themselves: each server side, subject and load in a process of its
 * own, so that the CPU of one is not the other's.
 */
package org.minusone.bench.ingest;
