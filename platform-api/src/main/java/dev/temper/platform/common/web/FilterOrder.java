package dev.temper.platform.common.web;

import org.springframework.core.Ordered;

/** Where our filters stand; Spring Security's chain, which finds out who calls, is at -100. */
final class FilterOrder {
    static final int REQUEST_ID = Ordered.HIGHEST_PRECEDENCE;
    static final int ADDRESS_LIMIT = -120;
    static final int BODY_LIMIT = -110;
    static final int CALLER = Ordered.LOWEST_PRECEDENCE - 30;
    static final int CALLER_LIMIT = Ordered.LOWEST_PRECEDENCE - 20;
    static final int IDEMPOTENCY = Ordered.LOWEST_PRECEDENCE - 10;

    private FilterOrder() {}
}
