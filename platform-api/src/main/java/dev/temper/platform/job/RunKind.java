package dev.temper.platform.job;

/** A kind of run: a bean for each. Workers know how to run it, the platform how to tell a spec that cannot be. */
public interface RunKind {
    /** As it stands in a job, in lower case. */
    String name();

    /**
     * Refuses what cannot be run.
     *
     * @param spec a JSON object
     */
    void check(String spec);
}
