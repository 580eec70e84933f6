package dev.temper.platform.model;

import dev.temper.contract.CodedException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why an import came to nothing.
 *
 * @param facts what the words of the code are filled in with
 */
public record ImportFailure(String code, String message, String remedy, Map<String, Object> facts) {
    static ImportFailure of(CodedException failure) {
        return new ImportFailure(failure.code(), failure.getMessage(), failure.remedy(), failure.details());
    }

    /** The same with a folder of the platform's machine cut out of all it says. */
    ImportFailure without(String folder) {
        Map<String, Object> kept = new LinkedHashMap<>();
        facts.forEach((name, value) -> kept.put(name, value instanceof String text ? without(folder, text) : value));
        return new ImportFailure(code, without(folder, message), without(folder, remedy), kept);
    }

    private static String without(String folder, String text) {
        return text.replace(folder + "/", "").replace(folder, "the model");
    }
}
