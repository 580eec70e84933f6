package dev.temper.platform.dataset;

/** How the rows of a version are shown. */
public enum RowOrder {
    /** As they came. */
    NUMBER,
    LONGEST,
    SHORTEST
}
