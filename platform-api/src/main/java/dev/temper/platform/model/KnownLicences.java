package dev.temper.platform.model;

import java.util.Locale;
import java.util.Set;

/** What the usual licences of models say of business. */
final class KnownLicences {
    private static final Set<String> FREE = Set.of(
            "apache-2.0",
            "mit",
            "bsd",
            "bsd-2-clause",
            "bsd-3-clause",
            "cc0-1.0",
            "cc-by-4.0",
            "cc-by-3.0",
            "unlicense",
            "isc",
            "zlib",
            "wtfpl");

    private KnownLicences() {}

    /** By its identifier on the hub. */
    static CommercialUse commercialUse(String licence) {
        String name = licence.toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return CommercialUse.UNKNOWN;
        }
        if (FREE.contains(name)) {
            return CommercialUse.YES;
        }
        return name.contains("-nc") || name.contains("noncommercial") || name.contains("non-commercial")
                ? CommercialUse.NO
                : CommercialUse.CONDITIONS;
    }
}
