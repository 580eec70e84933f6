package dev.temper.text.template;

/** One question and its answer as ids: what is read, and what is learned. */
@SuppressWarnings("ArrayRecordComponent") // ids stay arrays; nobody compares two of these
public record Turn(int[] prompt, int[] response) {
    int length() {
        return prompt.length + response.length;
    }
}
