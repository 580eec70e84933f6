package dev.temper.platform.job;

import java.time.Instant;

/**
 * Something that happened in a run.
 *
 * @param id grows in the order in which a job's events became visible
 * @param fence of the attempt it happened in
 * @param seq its number in that attempt, from 1 on without gaps
 * @param at by the platform's clock
 * @param type the name of its kind, as in {@code metrics}
 * @param body the event as JSON, see {@code docs/worker-link.md}
 */
public record JobEvent(long id, long fence, long seq, Instant at, String type, String body) {}
