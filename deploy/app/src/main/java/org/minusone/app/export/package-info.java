/** Stored readings as a file that {@code rules backtest} and {@code replay} read back. */
package org.minusone.app.export;
