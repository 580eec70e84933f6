package dev.temper.text.tokenizer;

/**
 * A token that is found in the text before anything is cut up.
 *
 * @param special a control token: never text, left out of what is shown to people
 */
public record AddedToken(int id, String content, boolean special) {}
