package dev.temper.trainer.data;

import tools.jackson.databind.JsonNode;

/**
 * One row as it stands in its file.
 *
 * @param number from 1
 */
record Row(long number, JsonNode value) {}
