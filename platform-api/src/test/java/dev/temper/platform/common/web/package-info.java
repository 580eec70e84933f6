/** Tests of the package of the same name, over real HTTP. */
@NullMarked
package dev.temper.platform.common.web;

import org.jspecify.annotations.NullMarked;
