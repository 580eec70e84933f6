package dev.temper.platform.notice;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people and programs can be told of; most people watch an import while it is brought in, so that of these none is
 * mailed unless they ask. The code is what is stored and sent; one is never renamed.
 */
public enum NoticeType {
    TASK_SUCCEEDED(true),
    TASK_FAILED(true),
    TASK_CANCELLED(false),
    IMPORT_SUCCEEDED(false),
    IMPORT_FAILED(false),
    /** An import goes on only when somebody says which columns are what. */
    IMPORT_MAPPING_NEEDED(false),
    /** 80 or 100 % of a month's device-hours; told to the tenant's admins. */
    BUDGET_REACHED(true);

    /** The names of all, as they are stored and sent. */
    public static final List<String> CODES =
            Arrays.stream(values()).map(NoticeType::code).toList();

    private final boolean mailed;

    NoticeType(boolean mailed) {
        this.mailed = mailed;
    }

    /** As in {@code task.succeeded}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /** Whether it goes by mail to somebody who has not chosen. */
    boolean mailed() {
        return mailed;
    }

    static Optional<NoticeType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code().equals(code)).findFirst();
    }
}
