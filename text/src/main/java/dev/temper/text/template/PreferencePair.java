package dev.temper.text.template;

/** One prompt with a better and a worse answer, cut alike. */
public record PreferencePair(Sample chosen, Sample rejected) {}
