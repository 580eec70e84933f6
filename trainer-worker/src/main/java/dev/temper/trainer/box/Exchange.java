package dev.temper.trainer.box;

/** A question and its answer. */
record Exchange(String question, String answer) {}
