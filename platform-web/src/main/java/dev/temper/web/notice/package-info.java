/** What one is told: the list behind the bell, which of it comes by mail, and the webhooks of a tenant. */
@NullMarked
package dev.temper.web.notice;

import org.jspecify.annotations.NullMarked;
