package dev.temper.data.shape;

/** Where columns stand whose names a format needs for itself. */
public final class Extras {
    /** The name of the object that holds them. */
    public static final String NAME = "extra";

    private Extras() {}
}
