/** Uploads for programs. */
@NullMarked
package dev.temper.platform.blob.web;

import org.jspecify.annotations.NullMarked;
