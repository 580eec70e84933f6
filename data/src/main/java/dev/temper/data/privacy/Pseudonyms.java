package dev.temper.data.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Something of the same form in place of each value, the same for the same value, so that a text still reads and who is
 * who can be followed. What is made belongs to nobody: reserved domains and networks, numbers that are not given out.
 */
final class Pseudonyms {
    private static final List<String> SURNAMES = List.of("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴");
    private static final List<String> GIVEN =
            List.of("晓明", "小红", "建国", "志强", "丽华", "文静", "海燕", "国庆", "雅琴", "俊杰", "思远", "雨桐", "子涵", "春梅", "永健", "佳宁");
    private static final List<String> ENGLISH_GIVEN =
            List.of("Alex", "Casey", "Drew", "Jamie", "Jordan", "Kim", "Lee", "Morgan", "Pat", "Quinn", "Robin", "Sam");
    private static final List<String> ENGLISH_SURNAMES = List.of(
            "Archer", "Brook", "Carter", "Dale", "Field", "Hill", "Marsh", "North", "Reed", "Stone", "West", "Wood");
    private static final List<String> CITIES = List.of("安平市", "和顺市", "清河市", "永宁市", "长乐市");
    private static final List<String> ROADS = List.of("团结路", "和平路", "建设路", "人民路", "光明路", "友谊路");

    private final Mac mac;

    Pseudonyms(String key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("temper:" + key).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    String of(PersonalKind kind, String value) {
        Numbers numbers = new Numbers(hash(kind, value));
        boolean chinese =
                value.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return switch (kind) {
            case EMAIL -> "user" + numbers.digits(8) + "@example.com";
            case CN_MOBILE -> "100" + numbers.digits(8);
            case CN_LANDLINE -> "000-" + numbers.digits(8);
            case PHONE -> "+1-555-01" + numbers.digits(2) + "-" + numbers.digits(4);
            case CN_RESIDENT_ID -> "000000" + (1950 + numbers.below(60)) + "0101" + numbers.digits(4);
            case BANK_CARD -> "0000" + numbers.digits(12);
            case US_SSN -> "000-" + numbers.digits(2) + "-" + numbers.digits(4);
            case IPV4 -> "203.0.113." + numbers.below(256);
            case IPV6 -> "2001:db8::" + Integer.toHexString(1 + numbers.below(0xFFFF));
            case PASSPORT -> "X" + numbers.digits(8);
            case IBAN -> "XX00" + numbers.digits(16);
            case ADDRESS ->
                chinese
                        ? numbers.of(CITIES) + numbers.of(ROADS) + (1 + numbers.below(200)) + "号"
                        : (1 + numbers.below(900)) + " Example Street, Anytown";
            case PERSON_NAME ->
                chinese
                        ? numbers.of(SURNAMES) + numbers.of(GIVEN)
                        : numbers.of(ENGLISH_GIVEN) + " " + numbers.of(ENGLISH_SURNAMES);
        };
    }

    /** A number written in groups, or a mailbox in capitals, is the same number or mailbox. */
    private byte[] hash(PersonalKind kind, String value) {
        boolean blanksCount = kind == PersonalKind.PERSON_NAME || kind == PersonalKind.ADDRESS;
        String plain =
                value.toLowerCase(Locale.ROOT).replaceAll(blanksCount ? "\\s+" : "[\\s()-]+", blanksCount ? " " : "");
        String bare = kind == PersonalKind.CN_MOBILE ? plain.substring(plain.length() - 11) : plain;
        return mac.doFinal((kind + ":" + bare).getBytes(StandardCharsets.UTF_8));
    }

    /** Numbers drawn from a hash, one after another. */
    private static final class Numbers {
        private final ByteBuffer hash;

        Numbers(byte[] hash) {
            this.hash = ByteBuffer.wrap(hash);
        }

        int below(int bound) {
            return Math.floorMod(hash.getInt(), bound);
        }

        String digits(int count) {
            return String.format(Locale.ROOT, "%012d", Math.floorMod(hash.getLong(), 1_000_000_000_000L))
                    .substring(12 - count);
        }

        String of(List<String> choices) {
            return choices.get(below(choices.size()));
        }
    }
}
