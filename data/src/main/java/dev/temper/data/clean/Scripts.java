package dev.temper.data.clean;

/** What can be told of a character by its place in Unicode. */
final class Scripts {
    private Scripts() {}

    /** Whether it is a word or syllable by itself: Chinese, Japanese, and what lies beside them. */
    static boolean standsAlone(char c) {
        return isHan(c) || isKana(c);
    }

    static boolean isHan(char c) {
        return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF);
    }

    static boolean isKana(char c) {
        return c >= 0x3041 && c <= 0x30FF && c != '\u30FB';
    }
}
