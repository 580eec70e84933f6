package dev.temper.platform.model;

import dev.temper.contract.link.FileRef;
import dev.temper.model.ModelFacts;
import java.util.List;

/** How a model lies below a run's folder: under its name, which is what adapters say that they were trained on. */
final class ModelFolder {
    private static final String FOLDER = "model/";

    private ModelFolder() {}

    /** What a run spec calls it: the folder, or the one file in it. */
    static String path(String name, ModelFacts.Format format, List<FileRef> files) {
        return switch (format) {
            case HUGGING_FACE -> FOLDER + name;
            case GGUF -> FOLDER + name + "/" + files.getFirst().path();
        };
    }

    static List<FileRef> placed(String name, List<FileRef> files) {
        return files.stream()
                .map(file -> new FileRef(FOLDER + name + "/" + file.path(), file.sha256(), file.size()))
                .toList();
    }
}
