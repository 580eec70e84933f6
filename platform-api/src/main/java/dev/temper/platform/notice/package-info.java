/** What people are told on their pages and by mail, and programs outside by signed webhooks. */
@NullMarked
package dev.temper.platform.notice;

import org.jspecify.annotations.NullMarked;
