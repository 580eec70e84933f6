package dev.temper.platform.model;

import dev.temper.contract.link.FileRef;
import dev.temper.model.ModelFacts;
import java.util.List;
import java.util.UUID;

/**
 * A base model that a task may begin with.
 *
 * @param known what the world knows it by: its repository at a hub, else its name here
 * @param path what a run finds it at, below its folder
 * @param files what a run is given
 * @param shared whether the files are the platform's and held by it; a tenant's own are to be held by the task
 */
public record UsableModel(
        UUID id, String name, String known, String path, List<FileRef> files, ModelFacts facts, boolean shared) {
    public UsableModel {
        files = List.copyOf(files);
    }
}
