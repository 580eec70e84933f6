/** Tests of the demo. */
@NullMarked
package dev.temper.web.demo;

import org.jspecify.annotations.NullMarked;
