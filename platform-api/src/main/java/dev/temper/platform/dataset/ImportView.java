package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.platform.common.CodedTexts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An import as it is shown. Once it is over {@code rowsIn + rowsAdded = rowsKept + rowsLeftOut}.
 *
 * @param dataset null where it came to nothing and the dataset that was made for it is gone
 * @param place in the line of the tenant, from 1; null where it does not wait for its turn
 * @param proposal which columns are probably what, where a person has to say, with confidence from 0 to 1 and why; JSON
 * @param mapping which columns are what, once that is known; JSON
 * @param recipe what is done to the rows; JSON
 * @param rowsIn rows that stood in the file, so far
 * @param rowsAdded rows made by dividing rows
 * @param reasons rows left out, by code
 * @param progress how much of the file is read, from 0 to 1
 * @param rowsPerSecond on average since it began; null where it is not reading or nothing can be said yet
 * @param secondsLeft if it goes on as it did; null likewise
 * @param steps what each step of the recipe did; JSON
 * @param resultVersion the version it made; null before, and where it made none
 * @param failure why it failed, as {@code code, message, remedy} and {@code facts}; JSON
 * @param sources the versions it takes its rows from, each with its ratio; null where it is a file
 */
public record ImportView(
        UUID id,
        @Nullable UUID dataset,
        String fileName,
        long fileSize,
        ImportState state,
        @Nullable Integer place,
        @JsonRawValue @Nullable String proposal,
        @JsonRawValue @Nullable String mapping,
        @JsonRawValue String recipe,
        long rowsIn,
        long rowsAdded,
        long rowsKept,
        long rowsLeftOut,
        Map<String, Long> reasons,
        double progress,
        @Nullable Double rowsPerSecond,
        @Nullable Long secondsLeft,
        @JsonRawValue String steps,
        @Nullable UUID resultVersion,
        @JsonRawValue @Nullable String failure,
        @Nullable String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @JsonRawValue @Nullable String sources) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The same with its failure in a language. */
    public ImportView in(Locale locale) {
        return failure == null ? this : failing(said(failure, locale));
    }

    private static String said(String failure, Locale locale) {
        JsonNode told = JSON.readTree(failure);
        Map<String, Object> facts =
                JSON.convertValue(told.path("facts"), new TypeReference<LinkedHashMap<String, Object>>() {});
        String code = told.path("code").asString("");
        return CodedTexts.find(code, facts == null ? Map.of() : facts, locale)
                .map(said -> JSON.writeValueAsString(JSON.createObjectNode()
                        .put("code", code)
                        .put("message", said.detail())
                        .put("remedy", said.remedy())
                        .set("facts", told.path("facts"))))
                .orElse(failure);
    }

    private ImportView failing(String said) {
        return new ImportView(
                id,
                dataset,
                fileName,
                fileSize,
                state,
                place,
                proposal,
                mapping,
                recipe,
                rowsIn,
                rowsAdded,
                rowsKept,
                rowsLeftOut,
                reasons,
                progress,
                rowsPerSecond,
                secondsLeft,
                steps,
                resultVersion,
                said,
                createdBy,
                createdAt,
                startedAt,
                finishedAt,
                sources);
    }
}
