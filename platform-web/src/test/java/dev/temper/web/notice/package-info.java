/** Tests of the pages about notices and webhooks. */
@NullMarked
package dev.temper.web.notice;

import org.jspecify.annotations.NullMarked;
