package dev.temper.data.privacy;

/** How postal addresses are written. A place alone is none: there must be a street or an estate with a number. */
final class Addresses {
    private static final String PROVINCE = "(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北"
            + "|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)";
    private static final String CITY = "(?:广州|深圳|珠海|东莞|佛山|杭州|宁波|温州|南京|苏州|无锡|常州|武汉|长沙|成都|西安|郑州|济南"
            + "|青岛|大连|沈阳|长春|哈尔滨|福州|厦门|泉州|合肥|南昌|昆明|贵阳|南宁|海口|太原|石家庄|兰州|西宁|银川|乌鲁木齐|呼和浩特|拉萨)市";
    private static final String LED_TO = "(?<=地址|住址|住在|家住|寄到|寄往|送到|送往|位于)[:：是为在 ]{0,3}";
    private static final String NAME = "\\p{IsHan}{1,10}?";

    static final String CHINESE = "(?:" + LED_TO + ")?(?<it>"
            + "(?:(?<=[:：是为在 ]|地址|住址|住在|家住|寄到|寄往|送到|送往|位于)|(?=" + PROVINCE + "|" + CITY + "))"
            + "(?:" + PROVINCE + "(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?)?"
            + "(?:" + NAME + "(?:市|自治州|地区|盟))?(?:" + NAME + "(?:区|县|旗|市))?(?:" + NAME + "(?:镇|乡|街道))?"
            + "[\\p{IsHan}]{1,12}?(?:路|大街|街|大道|道|巷|弄|胡同|村|园|里|苑|小区|花园|广场|大厦)"
            + "[东西南北中]?(?:[一二三四五六七八九十\\d]{1,3} ?段)? ?\\d{1,5}(?:-\\d{1,5})? ?(?:号院|号楼|号|弄|栋|幢|座|室)"
            + "(?: ?(?:\\p{IsHan}{0,8}?[A-Za-z]? ?\\d{0,5}|[A-Za-z\\d-]{1,6}) ?(?:号楼|号|栋|幢|座|楼|层|单元|室|户|房)){0,5})";

    static final String ENGLISH = "(?<![\\w.,-])\\d{1,6}[A-Za-z]? (?:[NSEW]\\.? )?(?:[A-Z][\\w'.-]{0,30} ){1,4}"
            + "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Square|Sq|Way|Place|Pl|Terrace|Crescent"
            + "|Parkway|Pkwy|Highway|Hwy)\\b\\.?(?:,? (?:Apt|Apartment|Suite|Unit|Flat|#)\\.? ?[\\w-]{1,8})?"
            + "(?:, [A-Z][A-Za-z.'-]{1,30}(?: [A-Z][A-Za-z.'-]{1,30}){0,3})?"
            + "(?:,? (?:[A-Z]{2} \\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}))?(?!\\w)";

    private Addresses() {}

    /** Whether a number stands before one of the words that numbers of houses and rooms are followed by. */
    static boolean mayHoldChinese(String text) {
        for (int i = 1; i < text.length(); i++) {
            if ("号弄栋幢座室-".indexOf(text.charAt(i)) >= 0) {
                char before = text.charAt(text.charAt(i - 1) == ' ' && i > 1 ? i - 2 : i - 1);
                if (before >= '0' && before <= '9') {
                    return true;
                }
            }
        }
        return false;
    }
}
