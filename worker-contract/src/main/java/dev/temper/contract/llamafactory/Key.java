package dev.temper.contract.llamafactory;

import org.jspecify.annotations.Nullable;

/**
 * A key of its YAML and what becomes of it.
 *
 * @param name as written; a {@code *} at either end stands for anything
 */
record Key(String name, Fate fate) {
    /** What becomes of a key. */
    sealed interface Fate {
        /**
         * Does here what it does there.
         *
         * @param path where its value goes in a run spec; null where the reader decides
         */
        record Run(Type type, @Nullable String path) implements Fate {}

        /** Asks for something that does not exist here yet; null and false ask for nothing. */
        record Later() implements Fate {}

        /** Has nothing to change here. */
        record NoEffect(String because) implements Fate {}
    }

    /** What a value may be. */
    enum Type {
        TEXT("a text"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        FLAG("true or false"),
        NAMES("names, separated by commas"),
        NUMBERS("numbers, separated by commas"),
        ARGUMENTS("an object of numbers"),
        FLAG_OR_TEXT("true, false or a folder");

        final String wanted;

        Type(String wanted) {
            this.wanted = wanted;
        }
    }

    static Key run(String name, Type type, String path) {
        return new Key(name, new Fate.Run(type, path));
    }

    static Key run(String name, Type type) {
        return new Key(name, new Fate.Run(type, null));
    }

    static Key later(String name) {
        return new Key(name, new Fate.Later());
    }

    static Key noEffect(String name, String because) {
        return new Key(name, new Fate.NoEffect(because));
    }

    boolean matches(String key) {
        if (name.startsWith("*")) {
            return key.endsWith(name.substring(1));
        }
        return name.endsWith("*") ? key.startsWith(name.substring(0, name.length() - 1)) : key.equals(name);
    }
}
