package dev.temper.platform.blob.web;

import dev.temper.platform.common.ErrorCode;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a sender says its body hashes to (RFC 9530). */
final class ContentDigest {
    static final String HEADER = "Content-Digest";

    private static final Pattern SHA_256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/]{43}=):");

    private ContentDigest() {}

    /** The SHA-256 in hexadecimal digits; the other algorithms a sender may add are passed over. */
    static String sha256(String header) {
        Matcher digest = SHA_256.matcher(header);
        if (!digest.find()) {
            throw ErrorCode.HEADER_WRONG
                    .at(HEADER)
                    .with("header", HEADER)
                    .with("example", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
        }
        return HexFormat.of().formatHex(Base64.getDecoder().decode(digest.group(1)));
    }
}
