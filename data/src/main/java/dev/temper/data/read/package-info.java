/**
 * From a file a customer gave to records, one at a time, in bounded memory: what the file is, is seen from its content;
 * what can't be read is reported with its place. Parsing is pure Java, so that a hostile file meets bounds and not native
 * code (the codecs of zstd and Snappy excepted).
 */
@NullMarked
package dev.temper.data.read;

import org.jspecify.annotations.NullMarked;
