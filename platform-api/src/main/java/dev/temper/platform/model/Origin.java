package dev.temper.platform.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** Where a base model's files come from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Origin.Folder.class, name = "folder"),
    @JsonSubTypes.Type(value = Origin.Upload.class, name = "upload"),
    @JsonSubTypes.Type(value = Origin.Hub.class, name = "hub")
})
public sealed interface Origin {
    /** What people recognise it by. */
    String shown();

    /**
     * A folder or a GGUF file on the platform's machine.
     *
     * @param mark tells whether something there has changed since
     */
    record Folder(String path, String mark) implements Origin {
        @Override
        public String shown() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** A GGUF file that somebody sent. */
    record Upload(UUID upload, String fileName, String sha256) implements Origin {
        @Override
        public String shown() {
            return fileName;
        }
    }

    /**
     * A repository of a hub.
     *
     * @param revision a branch, a tag or a commit, as was asked for
     * @param file the one GGUF file that is wanted; empty for the folder
     * @param commit what the revision was when the import began; empty before
     */
    record Hub(String repository, String revision, String file, String commit) implements Origin {
        @Override
        public String shown() {
            return repository + "@" + (commit.isEmpty() ? revision : commit.substring(0, Math.min(12, commit.length())))
                    + (file.isEmpty() ? "" : "/" + file);
        }
    }
}
