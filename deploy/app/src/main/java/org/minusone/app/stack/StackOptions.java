package org.minusone.app.stack;

import java.nio.file.Path;

/**
 * @param data everything embedded is kept there
 * @param consolePort 0 picks a free one
 * @param mqttPort 0 picks a free one
 */
public record StackOptions(Path data, int consolePort, int mqttPort) {}
