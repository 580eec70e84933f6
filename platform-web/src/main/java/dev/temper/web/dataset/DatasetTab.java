package dev.temper.web.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of a dataset's page, each with an address of its own. */
enum DatasetTab {
    REPORT,
    ROWS,
    STATISTICS,
    VERSIONS,
    LINEAGE,
    SETTINGS;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first one, where none or an unknown one is asked for. */
    static DatasetTab of(@Nullable String id) {
        Optional<DatasetTab> known =
                Arrays.stream(values()).filter(tab -> tab.id().equals(id)).findFirst();
        return known.orElse(REPORT);
    }

    /** A link to one. */
    record Link(String id, String label, String href, boolean current) {}
}
