package dev.temper.platform.audit;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Blacks out secrets before they reach the log, whoever put them there: values of fields that are named like a secret,
 * and anything in a text that looks like one. The rule errs on the side of hiding.
 */
final class Redaction {
    static final String MARK = "[redacted]";

    /** Compared with a field's name in lower case without separators. Counts such as maxTokens do not match. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(password|passwd|passphrase|secret|token|credentials?|apikey|privatekey|secretkey|accesskey|signingkey"
                    + "|authorization|cookie|totp|otp|recoverycodes?|(password|key|token|secret|code)hash)");

    private static final Pattern SECRET_TEXT = Pattern.compile(
            "tmp_[A-Za-z0-9_-]{12,}" // our own keys
                    + "|(?i:bearer|basic)\\s+[A-Za-z0-9+/=._~-]{8,}"
                    + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)"
                    + "|eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*" // JSON web tokens
                    + "|\\b(sk|pk|rk)-[A-Za-z0-9_-]{16,}|\\bhf_[A-Za-z0-9]{16,}|\\bgh[pousr]_[A-Za-z0-9]{16,}"
                    + "|\\bAKIA[0-9A-Z]{16}\\b"
                    + "|(\\{[a-zA-Z0-9@]+})?\\$(2[abxy]|argon2(id|i|d))\\$[A-Za-z0-9./$=,+]{16,}" // password hashes
                    + "|(?<=://)[^/\\s:@]+:[^/\\s@]+(?=@)"); // user and password in an address

    private Redaction() {}

    static JsonNode of(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode out = JsonNodeFactory.instance.objectNode();
                object.forEachEntry((name, child) -> out.set(name, names(name) ? hide(child) : of(child)));
                yield out;
            }
            case ArrayNode array -> {
                ArrayNode out = JsonNodeFactory.instance.arrayNode();
                array.forEach(child -> out.add(of(child)));
                yield out;
            }
            default -> value.isString() ? JsonNodeFactory.instance.stringNode(of(value.stringValue())) : value;
        };
    }

    static String of(String text) {
        return SECRET_TEXT.matcher(text).replaceAll(MARK);
    }

    private static boolean names(String field) {
        String plain = field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return SECRET_NAME.matcher(plain).matches();
    }

    /** Whether there is a secret at all may be seen: that a password must be changed is worth knowing. */
    private static JsonNode hide(JsonNode value) {
        return value.isBoolean() || value.isNull() ? value : JsonNodeFactory.instance.stringNode(MARK);
    }
}
