package dev.temper.data.recipe;

/**
 * A setting whose value can't be.
 *
 * @param variant which misfit of those there are, for words in other languages
 * @param wanted what to give instead, as in "a whole number from 1 to 9"
 */
public record Misfit(String setting, String variant, String wanted) {}
