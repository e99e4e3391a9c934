package org.minusone.console.http;

import java.nio.file.Path;

/**
 * How the console proves itself to browsers. The files are read when it starts.
 *
 * @param certificate PEM, the console's first and what signed it behind
 * @param key PEM, its PKCS #8 private key, unencrypted
 */
public record ConsoleTls(Path certificate, Path key) {}
