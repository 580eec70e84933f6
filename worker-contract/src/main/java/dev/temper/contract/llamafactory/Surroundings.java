package dev.temper.contract.llamafactory;

import tools.jackson.databind.node.ObjectNode;

/** What the keys of a run name outside of its file. */
public interface Surroundings {
    /** A path as a run spec is to have it. */
    String resolve(String path);

    /**
     * The data source of a name.
     *
     * @param folder where the datasets of the run lie
     * @param values takes what is wrong with it
     */
    ObjectNode source(String name, String folder, Values values);
}
