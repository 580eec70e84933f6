/** Domain, services and REST of the platform, one package a feature. */
@NullMarked
package dev.temper.platform;

import org.jspecify.annotations.NullMarked;
