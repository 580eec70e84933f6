/** Search and the command palette. */
@NullMarked
package dev.temper.web.search;

import org.jspecify.annotations.NullMarked;
