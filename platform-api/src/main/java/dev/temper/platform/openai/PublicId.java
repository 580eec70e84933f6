package dev.temper.platform.openai;

import dev.temper.platform.common.ErrorCode;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids as the dialect writes them: {@code file-…}, {@code ftjob-…}, with a UUID behind that. */
public enum PublicId {
    FILE("file-"),
    UPLOAD("upload_"),
    PART("part_"),
    JOB("ftjob-");

    private static final Pattern UUID_DIGITS = Pattern.compile(
            "(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{12})");

    private final String prefix;

    PublicId(String prefix) {
        this.prefix = prefix;
    }

    public String of(UUID id) {
        return prefix + digits(id);
    }

    /** The UUID in an id that somebody sent. What is none of ours is not found, whatever form it has. */
    public UUID read(String id) {
        return parse(id.startsWith(prefix) ? id.substring(prefix.length()) : id);
    }

    static String digits(UUID id) {
        return id.toString().replace("-", "");
    }

    static UUID parse(String digits) {
        Matcher matcher = UUID_DIGITS.matcher(digits);
        if (!matcher.matches()) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return UUID.fromString(matcher.replaceAll("$1-$2-$3-$4-$5"));
    }
}
