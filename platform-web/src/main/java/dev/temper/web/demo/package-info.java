/** The main job through the public REST interface alone, as any program would do it: what {@code ./temper demo} shows. */
@NullMarked
package dev.temper.web.demo;

import org.jspecify.annotations.NullMarked;
