package dev.temper.trainer.app;

import dev.temper.contract.CodedException;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.llamafactory.LlamaFactoryYaml;
import dev.temper.trainer.app.llamafactory.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that says what to train: a run spec, or a file of LLaMA-Factory, known by its key
 * {@code model_name_or_path} or its suffix.
 *
 * @param warnings for the user
 * @param resume whether the file itself asks to go on from a checkpoint
 */
record SpecFile(RunSpec spec, List<String> warnings, boolean resume) {
    static SpecFile read(Path file) {
        String text = text(file);
        boolean yaml = file.toString().matches("(?i).*\\.ya?ml");
        if (!yaml && !text.contains("\"model_name_or_path\"")) {
            return new SpecFile(RunSpecJson.read(text), List.of(), false);
        }
        Path folder = file.toAbsolutePath().getParent();
        LlamaFactoryYaml.Asked asked =
                LlamaFactoryYaml.read(text, new LocalFiles(folder == null ? Path.of("") : folder));
        return new SpecFile(asked.spec(), asked.warnings(), asked.resume());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw CodedException.user("spec_missing", "There is no file " + file + ".", "Correct its path.")
                    .because(e);
        } catch (IOException e) {
            throw CodedException.user(
                            "spec_unreadable", file + " can't be read: " + e.getMessage(), "Save it as UTF-8 text.")
                    .because(e);
        }
    }
}
