package dev.temper.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** Where the project lies that these benchmarks were built from. */
public final class Checkout {
    private Checkout() {}

    /** The project's one command. */
    public static List<String> command() {
        return List.of(root().resolve("temper").toString());
    }

    public static Path root() {
        return Path.of(System.getProperty("temper.root", ".")).toAbsolutePath().normalize();
    }
}
