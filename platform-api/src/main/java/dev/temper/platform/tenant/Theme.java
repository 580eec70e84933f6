package dev.temper.platform.tenant;

/** How the pages look. */
public enum Theme {
    /** As the browser says. */
    AUTO,
    LIGHT,
    DARK
}
