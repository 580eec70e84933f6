package dev.temper.data.privacy;

import static dev.temper.data.privacy.PersonalKind.ADDRESS;
import static dev.temper.data.privacy.PersonalKind.BANK_CARD;
import static dev.temper.data.privacy.PersonalKind.CN_LANDLINE;
import static dev.temper.data.privacy.PersonalKind.CN_MOBILE;
import static dev.temper.data.privacy.PersonalKind.CN_RESIDENT_ID;
import static dev.temper.data.privacy.PersonalKind.EMAIL;
import static dev.temper.data.privacy.PersonalKind.IBAN;
import static dev.temper.data.privacy.PersonalKind.IPV4;
import static dev.temper.data.privacy.PersonalKind.IPV6;
import static dev.temper.data.privacy.PersonalKind.PASSPORT;
import static dev.temper.data.privacy.PersonalKind.PERSON_NAME;
import static dev.temper.data.privacy.PersonalKind.PHONE;
import static dev.temper.data.privacy.PersonalKind.US_SSN;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds personal data in Chinese and English text, by form and checksum, and names and addresses by what leads to them. */
final class PersonalData {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    private static final List<Rule<PersonalKind>> RULES = List.of(
            // Not followed by a colon and a path: git@host:owner/repository is no mailbox.
            Rule.of(
                    EMAIL,
                    text -> text.indexOf('@') > 0,
                    "(?<![\\w.+%-])[A-Za-z0-9][\\w.+%-]{0,63}+@(?:[A-Za-z0-9-]{1,63}+\\.){1,8}[A-Za-z]{2,24}(?![\\w-]|:[\\w/])"),
            Rule.of(
                    CN_RESIDENT_ID,
                    PersonalData::hasDigit,
                    "(?<![\\w.])[1-8]\\d{16}[\\dXx](?!\\w)",
                    Checksums::residentId),
            Rule.of(
                    IBAN,
                    PersonalData::hasDigit,
                    "(?<!\\w)[A-Z]{2}\\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)(?!\\w)",
                    found -> Checksums.iban(found.replace(" ", ""))),
            Rule.of(
                    BANK_CARD,
                    PersonalData::hasDigit,
                    "(?<![\\w.])(?:\\d{14,19}|\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{2,4}(?:\\1\\d{3})?|\\d{4}([ -])\\d{6}\\2\\d{4,5})(?!\\w|\\.\\d)",
                    found -> Checksums.card(Checksums.digits(found))),
            Rule.of(
                    US_SSN,
                    PersonalData::hasDigit,
                    "(?<![\\w-])(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\w-])"),
            Rule.of(
                    IPV6,
                    text -> text.indexOf(':') != text.lastIndexOf(':'),
                    "(?<![\\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\\w:])",
                    Checksums::ipv6),
            Rule.of(
                    IPV4,
                    PersonalData::hasDigit,
                    "(?<![\\w.]|(?i:version|版本|\\bv)[ :：]{0,2})" + OCTET + "(?:\\." + OCTET + "){3}(?![\\w]|\\.\\d)"),
            Rule.of(
                    CN_MOBILE,
                    PersonalData::hasDigit,
                    "(?<![\\w.+-])(?:(?:\\+|00)?86[ -]?)?(?:13\\d|14[0145-9]|15[0-35-9]|16[2567]|17[0-8]|18\\d|19[0-35-9])"
                            + "(?:\\d{8}|([ -])\\d{4}\\1\\d{4})(?![\\w-]|\\.\\d)"),
            Rule.of(
                    CN_LANDLINE,
                    PersonalData::hasDigit,
                    "(?<![\\w-])(?:[(（](?:010|02\\d|0[3-9]\\d{2})[)）] ?|(?:010|02\\d|0[3-9]\\d{2})[- ])"
                            + "[2-9]\\d{6,7}(?:-\\d{1,6})?(?![\\w-])"),
            Rule.of(
                    PHONE,
                    PersonalData::hasDigit,
                    "(?<![\\w.+-])(?:\\+[1-9]\\d{0,2}(?:[ .-]?\\(?\\d{1,4}\\)?){2,5}(?<=\\d)"
                            + "|\\([2-9]\\d{2}\\) ?[2-9]\\d{2}-\\d{4}|[2-9]\\d{2}-[2-9]\\d{2}-\\d{4})(?![\\w-])",
                    found -> Checksums.digits(found).length() >= 9),
            Rule.of(
                    PASSPORT,
                    PersonalData::hasDigit,
                    "(?:护照|(?i:passport))(?:号码|号|\\s+(?i:no\\.?|number|nr\\.?|#))?\\s{0,2}(?:[:：#是为]|(?i:is))?\\s{0,2}"
                            + "(?<it>[A-Z]{1,2}\\d{7,8}|\\d{9})(?!\\w)"),
            Rule.of(ADDRESS, Addresses::mayHoldChinese, Addresses.CHINESE),
            Rule.of(ADDRESS, PersonalData::hasDigit, Addresses.ENGLISH),
            Rule.of(PERSON_NAME, Rule::always, Names.ENGLISH, Names::english),
            Rule.of(PERSON_NAME, Rule::always, Names.ENGLISH_KNOWN, Names::known));

    private final List<Rule<PersonalKind>> rules;
    private final boolean names;

    PersonalData(Set<PersonalKind> kinds) {
        this.rules = RULES.stream().filter(rule -> kinds.contains(rule.kind())).toList();
        this.names = kinds.contains(PERSON_NAME);
    }

    List<Finding<PersonalKind>> find(String text) {
        List<Finding<PersonalKind>> findings = new ArrayList<>(0);
        for (Rule<PersonalKind> rule : rules) {
            rule.find(text, findings);
        }
        if (names) {
            Names.chinese(text, findings);
        }
        return findings;
    }

    static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                return true;
            }
        }
        return false;
    }
}
