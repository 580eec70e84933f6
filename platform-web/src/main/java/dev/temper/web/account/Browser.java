package dev.temper.web.account;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a User-Agent header says to a person. Browsers pretend to be each other, so the order matters.
 *
 * @param name null where it says nothing known
 */
record Browser(@Nullable String name, @Nullable String system, boolean mobile) {
    private static final List<Map.Entry<String, String>> NAMES = List.of(
            Map.entry("Edg", "Edge"),
            Map.entry("OPR/", "Opera"),
            Map.entry("MicroMessenger", "WeChat"),
            Map.entry("Firefox/", "Firefox"),
            Map.entry("HeadlessChrome", "Chrome"),
            Map.entry("Chrome/", "Chrome"),
            Map.entry("Safari/", "Safari"),
            Map.entry("curl/", "curl"));
    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("iPhone", "iPhone"),
            Map.entry("iPad", "iPad"),
            Map.entry("Android", "Android"),
            Map.entry("Windows", "Windows"),
            Map.entry("Mac OS X", "macOS"),
            Map.entry("CrOS", "ChromeOS"),
            Map.entry("Linux", "Linux"));

    static Browser of(@Nullable String userAgent) {
        String text = userAgent == null ? "" : userAgent;
        boolean mobile = text.contains("Mobile") || text.contains("iPhone") || text.contains("Android");
        return new Browser(first(NAMES, text), first(SYSTEMS, text), mobile);
    }

    private static @Nullable String first(List<Map.Entry<String, String>> known, String text) {
        return known.stream()
                .filter(each -> text.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
