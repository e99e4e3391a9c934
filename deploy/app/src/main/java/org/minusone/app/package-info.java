/** The composition: the command line and the one place that sees every module. */
package org.minusone.app;
