package dev.temper.data.privacy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;

/** What tells a number of a kind from any other number. */
final class Checksums {
    private static final int[] RESIDENT_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String RESIDENT_CHECKS = "10X98765432";
    /** The first two digits of a resident id, GB/T 2260. */
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");

    private Checksums() {}

    /** A Chinese resident id of 18 characters: a province, a day that was, and the check digit (GB 11643). */
    static boolean residentId(String id) {
        if (!PROVINCES.contains(id.substring(0, 2)) || !day(id)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < RESIDENT_WEIGHTS.length; i++) {
            sum += digit(id, i) * RESIDENT_WEIGHTS[i];
        }
        return RESIDENT_CHECKS.charAt(sum % 11) == Character.toUpperCase(id.charAt(17));
    }

    private static boolean day(String id) {
        int year = Integer.parseInt(id.substring(6, 10));
        try {
            LocalDate.of(year, Integer.parseInt(id.substring(10, 12)), Integer.parseInt(id.substring(12, 14)));
            return year >= 1900 && year < 2100;
        } catch (DateTimeException noDay) {
            return false;
        }
    }

    /** A card's number: a length and beginning that issuers have, and the Luhn digit. */
    static boolean card(String number) {
        int length = number.length();
        int two = Integer.parseInt(number.substring(0, 2));
        int four = Integer.parseInt(number.substring(0, 4));
        boolean issued = switch (length) {
            case 14 -> two == 30 || two == 36 || two == 38 || two == 39;
            case 15 -> two == 34 || two == 37;
            case 16 ->
                two / 10 == 4
                        || (two >= 51 && two <= 55)
                        || (four >= 2221 && four <= 2720)
                        || two == 62
                        || two == 35
                        || two == 64
                        || two == 65
                        || four == 6011;
            case 17, 18 -> two == 62;
            case 19 -> two == 62 || two / 10 == 4;
            default -> false;
        };
        return issued && luhn(number);
    }

    private static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = digit(number, number.length() - 1 - i);
            int doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** ISO 13616: the remainder by 97 of the number with its head behind and its letters as numbers is 1. */
    static boolean iban(String iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder == 1;
    }

    /** Eight groups, or fewer around one double colon; and a digit, or it is likelier a name in C++. */
    static boolean ipv6(String address) {
        int gap = address.indexOf("::");
        if (gap != address.lastIndexOf("::") || address.chars().noneMatch(Character::isDigit)) {
            return false;
        }
        if ((address.startsWith(":") && gap != 0) || (address.endsWith(":") && gap != address.length() - 2)) {
            return false;
        }
        int groups = 0;
        for (String group : address.split(":", -1)) {
            groups += group.isEmpty() ? 0 : 1;
        }
        return gap < 0 ? groups == 8 : groups >= 2 && groups <= 7;
    }

    static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return digits.toString();
    }

    private static int digit(String number, int at) {
        return number.charAt(at) - '0';
    }
}
