package dev.temper.text.jinja;

import java.util.List;
import java.util.Map;

/** A function, method or macro. */
@FunctionalInterface
interface Callable {
    Object call(Arguments arguments);

    /** What a call hands over. */
    record Arguments(List<Object> positional, Map<String, Object> named) {
        /** The argument at a place or of a name. */
        Object get(int index, String name, Object otherwise) {
            return index < positional.size() ? positional.get(index) : named.getOrDefault(name, otherwise);
        }

        Object require(int index, String name) {
            Object value = get(index, name, None.class);
            if (value == None.class) {
                throw JinjaErrors.failed("the argument " + name + " is missing");
            }
            return value;
        }

        String text(int index, String name) {
            Object value = require(index, name);
            if (value instanceof String text) {
                return text;
            }
            throw JinjaErrors.failed("the argument " + name + " must be a text, not " + Values.typeName(value));
        }

        int count(int index, String name, int otherwise) {
            Object value = get(index, name, None.NONE);
            return value == None.NONE ? otherwise : Values.index(value);
        }

        boolean flag(int index, String name) {
            return Values.truth(get(index, name, false));
        }
    }
}
