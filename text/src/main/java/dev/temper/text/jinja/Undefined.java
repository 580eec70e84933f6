package dev.temper.text.jinja;

import dev.temper.contract.CodedException;

/**
 * What a name stands for that nothing was bound to: empty as text, false, without elements; an error where more is asked.
 */
record Undefined(String what) {
    CodedException error() {
        return JinjaErrors.failed(what + " is undefined");
    }
}
