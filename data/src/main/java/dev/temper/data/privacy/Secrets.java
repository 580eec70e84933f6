package dev.temper.data.privacy;

import static dev.temper.data.privacy.SecretKind.ACCESS_TOKEN;
import static dev.temper.data.privacy.SecretKind.JSON_WEB_TOKEN;
import static dev.temper.data.privacy.SecretKind.PASSWORD;
import static dev.temper.data.privacy.SecretKind.PASSWORD_IN_ADDRESS;
import static dev.temper.data.privacy.SecretKind.PRIVATE_KEY;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds keys, tokens and passwords: those whose issuers give them a form of their own, and those something assigns. */
final class Secrets {
    private static final String KEY_LINE = " [A-Z ]{0,20}PRIVATE" + " KEY-----";

    private static final List<Rule<SecretKind>> RULES = List.of(
            Rule.of(
                    PRIVATE_KEY,
                    text -> text.contains("PRIVATE" + " KEY"),
                    "-----BEGIN" + KEY_LINE + "(?:[A-Za-z0-9+/=\\s:,.-]{0,20000}?-----END" + KEY_LINE + ")?"),
            Rule.of(
                    ACCESS_TOKEN,
                    Rule::always,
                    "(?<![A-Za-z0-9_-])(?:sk-(?:[a-z]{2,10}-){0,2}[A-Za-z0-9_-]{20,200}|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,200}"
                            + "|(?:AKIA|ASIA)[A-Z0-9]{16}|LTAI[A-Za-z0-9]{12,26}|AKID[A-Za-z0-9]{32}|gh[pousr]_[A-Za-z0-9]{36,255}"
                            + "|github_pat_[A-Za-z0-9_]{50,255}|glpat-[A-Za-z0-9_-]{20,64}|hf_[A-Za-z0-9]{30,64}|xox[abprs]-[A-Za-z0-9-]{10,250}"
                            + "|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}|SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64})(?![A-Za-z0-9_-])",
                    Secrets::mixed),
            Rule.of(
                    JSON_WEB_TOKEN,
                    text -> text.contains("eyJ"),
                    "(?<![\\w-])eyJ[\\w-]{10,4000}\\.eyJ[\\w-]{10,8000}\\.[\\w-]{10,2000}(?![\\w-])"),
            Rule.of(
                    PASSWORD_IN_ADDRESS,
                    text -> text.contains("://") && text.indexOf('@') > 0,
                    "\\b[a-z][a-z0-9+.-]{1,20}://[^\\s/:@]{1,100}:(?<it>[^\\s/@]{1,200})@"),
            Rule.of(
                    PASSWORD,
                    text -> text.indexOf('=') >= 0 || text.indexOf(':') >= 0 || text.indexOf('：') >= 0,
                    "(?:(?i:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token|access[_-]?token|client[_-]?secret)"
                            + "|密码|口令|密钥)[\"']?\\s{0,3}[=:：]\\s{0,3}[\"']?(?<it>[!#-&(-+\\--:<-~]{8,200})",
                    Secrets::mixed));

    private final List<Rule<SecretKind>> rules;

    Secrets(Set<SecretKind> kinds) {
        this.rules = RULES.stream().filter(rule -> kinds.contains(rule.kind())).toList();
    }

    List<Finding<SecretKind>> find(String text) {
        List<Finding<SecretKind>> findings = new ArrayList<>(0);
        for (Rule<SecretKind> rule : rules) {
            rule.find(text, findings);
        }
        return findings;
    }

    /** Letters and digits, and not the same few over and over: "xxxxxxxx" and "your-api-key" are placeholders. */
    private static boolean mixed(String secret) {
        Set<Integer> different = new HashSet<>();
        secret.chars().forEach(different::add);
        return different.size() >= 6
                && secret.chars().anyMatch(Character::isDigit)
                && secret.chars().anyMatch(Character::isLetter);
    }
}
