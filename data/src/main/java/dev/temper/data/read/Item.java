package dev.temper.data.read;

import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Place;
import tools.jackson.databind.JsonNode;

/** What a reader finds next: a record, or something that should be one and can't be read. */
public sealed interface Item {
    Place place();

    /** A record as the file has it: an object of columns or members; any other value where the file holds such. */
    record Value(Place place, JsonNode value) implements Item {}

    /** Left out, with the reason and what stood there; reading goes on behind it. */
    record Unreadable(LeftOut leftOut) implements Item {
        @Override
        public Place place() {
            return leftOut.place();
        }
    }
}
