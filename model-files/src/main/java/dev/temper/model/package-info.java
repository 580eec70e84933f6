/** What a decoder language model is, whoever runs it: its configuration, its modules, and which of them a method trains. */
@NullMarked
package dev.temper.model;

import org.jspecify.annotations.NullMarked;
