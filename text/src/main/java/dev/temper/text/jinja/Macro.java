package dev.temper.text.jinja;

/** A macro with its name. */
record Macro(String name, Callable body) implements Callable {
    @Override
    public Object call(Arguments arguments) {
        return body.call(arguments);
    }
}
