/** The bootable application: pages over the platform's services. */
@NullMarked
package dev.temper.web;

import org.jspecify.annotations.NullMarked;
