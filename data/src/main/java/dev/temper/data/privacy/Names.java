package dev.temper.data.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of persons. A name by itself may be an author's or a hero's; what makes it personal data is what leads to it
 * ("my name is", "联系人") or follows it ("先生"). Dictionaries of surnames and given names say whether it is a name at all.
 */
final class Names {
    private static final String ENGLISH_NAME =
            "(?<it>[A-Z][a-z'’-]{1,20}(?: [A-Z]\\.)?(?: (?:de |van |von |la )?[A-Z][A-Za-z'’-]{1,20}){0,2})";

    /** Led to by words after which hardly anything else can follow. */
    static final String ENGLISH =
            "(?:\\b(?i:my name is|my name's|full name|customer name|patient name|patient|recipient|cardholder"
                    + "|account holder|contact person|passenger|consignee)|\\b(?:Mr|Mrs|Ms|Miss|Dr)\\.?|(?<![\\w ])(?i:name))"
                    + "(?: is)?:? " + ENGLISH_NAME + "(?!\\w)";

    /** Led to by words after which a name is likely; the dictionary decides. */
    static final String ENGLISH_KNOWN = "(?:\\b(?:I am|I'm|I’m|This is|this is|Dear|Hi|Hello|called|named"
            + "|[Cc]ustomer|[Cc]lient|Regards,|Sincerely,|Best,))[ \\n]" + ENGLISH_NAME + "(?!\\w)";

    private static final Pattern LED_TO =
            Pattern.compile("(?:(?:姓名|名字|联系人|收件人|收货人|寄件人|发件人|客户|顾客|用户|患者|病人|申请人|持卡人|户名|经办人|负责人|法人|法定代表人|投保人|被保险人"
                    + "|乘客|旅客|学生|员工|签名|称呼)(?:姓名|名称)?(?:是|为|叫)?[:：\\s]{1,3}|我叫|名叫|我的名字是|我的名字叫|本人姓名|我是|联系人是|姓名是)");
    private static final Pattern TITLE = Pattern.compile("先生|女士|小姐");
    private static final Pattern FOLLOWS =
            Pattern.compile("^(?:[^\\p{IsHan}]|$|电话|手机|联系|性别|身份|年龄|地址|住址|住在|先生|女士|小姐|今年|来自|今天|昨天|现在|目前|购买|下单|邮箱|微信|生日"
                    + "|预订|订购|的|是|在|有|和|与|想|要|于|刚|也|已|对)");

    private static final Set<String> SURNAMES = words("surnames_zh.txt");
    private static final Set<String> GIVEN = words("given_names_en.txt");
    private static final Set<String> NO_NAMES = Set.of(
            "Product",
            "File",
            "User",
            "Company",
            "Class",
            "Not",
            "The",
            "Your",
            "Our",
            "My",
            "Unknown",
            "None",
            "First",
            "Last",
            "Please",
            "Team",
            "Sir",
            "Madam",
            "Customer",
            "Service",
            "Education",
            "Portal",
            "Care",
            "Safety");

    private Names() {}

    static boolean english(String name) {
        return !NO_NAMES.contains(first(name));
    }

    static boolean known(String name) {
        return GIVEN.contains(first(name));
    }

    private static String first(String name) {
        int blank = name.indexOf(' ');
        return blank < 0 ? name : name.substring(0, blank);
    }

    static void chinese(String text, List<Finding<PersonalKind>> findings) {
        Matcher lead = LED_TO.matcher(text);
        while (lead.find()) {
            int end = nameFrom(text, lead.end());
            if (end > 0) {
                Finding.add(findings, new Finding<>(PersonalKind.PERSON_NAME, lead.end(), end));
            }
        }
        Matcher title = TITLE.matcher(text);
        while (title.find()) {
            int start = nameTo(text, title.start());
            if (start >= 0) {
                Finding.add(findings, new Finding<>(PersonalKind.PERSON_NAME, start, title.start()));
            }
        }
    }

    /** The end of the name that begins here; -1 where none does. */
    private static int nameFrom(String text, int start) {
        int surname = surname(text, start);
        if (surname == 0) {
            return -1;
        }
        int longest = 0;
        for (int given = 1; given <= 2; given++) {
            int end = start + surname + given;
            if (end > text.length() || !isHan(text.charAt(end - 1))) {
                break;
            }
            if (FOLLOWS.matcher(text).region(end, text.length()).find()) {
                return end;
            }
            longest = end;
        }
        return longest == start + surname + 2 ? longest : -1;
    }

    /** The start of the name that ends here: a surname and one or two characters; -1 where none does. */
    private static int nameTo(String text, int end) {
        for (int length = 4; length >= 2; length--) {
            int start = end - length;
            if (start >= 0) {
                int surname = surname(text, start);
                int given = length - surname;
                boolean han = isHan(text.charAt(end - 1)) && isHan(text.charAt(end - given));
                if (surname > 0 && given >= 1 && given <= 2 && han) {
                    return start;
                }
            }
        }
        return -1;
    }

    /** The length of the surname that stands here, the longer of two; 0 where none does. */
    private static int surname(String text, int at) {
        for (int length = 2; length >= 1; length--) {
            if (at + length <= text.length() && SURNAMES.contains(text.substring(at, at + length))) {
                return length;
            }
        }
        return 0;
    }

    private static boolean isHan(char c) {
        return c >= 0x4E00 && c <= 0x9FFF;
    }

    private static Set<String> words(String resource) {
        try (InputStream in = Objects.requireNonNull(Names.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> Pattern.compile(" ").splitAsStream(line))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
