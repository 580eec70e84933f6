package dev.temper.text.jinja;

/** What a chat template may use up. Templates come with models from strangers. */
final class Limits {
    private static final int LONGEST_TEXT = 16_000_000;
    private static final int LONGEST_LIST = 100_000;
    private static final int MOST_STEPS = 4_000_000;
    private static final int DEEPEST_CALL = 60;

    private int steps;
    private int depth;

    static void length(long characters) {
        if (characters > LONGEST_TEXT) {
            throw JinjaErrors.limit("it makes a text of more than " + LONGEST_TEXT + " characters");
        }
    }

    static void size(long items) {
        if (items > LONGEST_LIST) {
            throw JinjaErrors.limit("it makes a list of more than " + LONGEST_LIST + " items");
        }
    }

    void step() {
        if (++steps > MOST_STEPS) {
            throw JinjaErrors.limit("it does not come to an end within " + MOST_STEPS + " steps");
        }
    }

    void enter() {
        if (++depth > DEEPEST_CALL) {
            throw JinjaErrors.limit("its macros call each other more than " + DEEPEST_CALL + " deep");
        }
    }

    void leave() {
        depth--;
    }
}
