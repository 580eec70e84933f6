/** Notices and webhooks over REST. */
@NullMarked
package dev.temper.platform.notice.web;

import org.jspecify.annotations.NullMarked;
