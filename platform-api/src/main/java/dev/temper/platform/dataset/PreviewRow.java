package dev.temper.platform.dataset;

import dev.temper.data.learn.RenderedRow;

/** A row as a model reads it. */
public record PreviewRow(long number, RenderedRow row) {}
