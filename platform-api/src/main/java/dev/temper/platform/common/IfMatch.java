package dev.temper.platform.common;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version an update was meant for. A controller that takes it as a parameter demands the {@code If-Match} header
 * (428 without it); {@link #check} then refuses to overwrite what somebody else has changed meanwhile.
 *
 * @param versions the versions that will do; null for {@code *}
 */
public record IfMatch(@Nullable List<Long> versions) {
    /** Whatever version there is. */
    public static final IfMatch ANY = new IfMatch(null);

    private static final Pattern TAG = Pattern.compile("\\s*(?<weak>W/)?\"(?<tag>[^\"]*)\"\\s*");

    /** Reads the header; a weak tag or one that is not ours matches nothing. */
    public static IfMatch parse(String header) {
        if (header.strip().equals("*")) {
            return ANY;
        }
        List<Long> versions = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            Matcher tag = TAG.matcher(part);
            if (!tag.matches()) {
                throw ErrorCode.HEADER_WRONG
                        .at("If-Match")
                        .with("header", "If-Match")
                        .with("example", etag(3));
            }
            if (tag.group("weak") == null && tag.group("tag").matches("v\\d{1,18}")) {
                versions.add(Long.valueOf(tag.group("tag").substring(1)));
            }
        }
        return new IfMatch(versions);
    }

    /** The {@code ETag} of a version. */
    public static String etag(long version) {
        return "\"v" + version + "\"";
    }

    /** Goes on only if {@code current} is the version that was meant. */
    public void check(long current) {
        if (versions != null && !versions.contains(current)) {
            throw ErrorCode.EDIT_CONFLICT.with("current", etag(current));
        }
    }
}
