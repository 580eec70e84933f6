package dev.temper.data.sample;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** The files in the box, as a customer would upload them. */
public enum Sample {
    /** Questions and answers of a shop's customer service, Chinese and English, some of several turns; alpaca. */
    CUSTOMER_SERVICE("customer-service.json"),
    /** Questions with four options, answer, explanation, chapter and difficulty in the columns of a workbook; Chinese. */
    QUESTION_BANK("question-bank.xlsx"),
    /** The same questions as an exam paper has them. */
    EXAM_PAPER("question-bank.txt"),
    /** What a support tool exports: GB 18030, blank and doubled rows, ragged lines, personal data, a password. */
    SUPPORT_LOG("messy-support-log.csv"),
    /** A better and a worse answer to each question, Chinese and English. */
    PREFERENCES("preferences.json");

    private final String fileName;

    Sample(String fileName) {
        this.fileName = fileName;
    }

    /** As in {@code customer_service}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String fileName() {
        return fileName;
    }

    /** The file's bytes, the same every time. */
    public InputStream open() {
        return this == QUESTION_BANK
                ? new ByteArrayInputStream(new Workbook("题库").of(resource("question-bank.csv")))
                : resource(fileName);
    }

    /** What makes {@link #SUPPORT_LOG} fit to train on, and shows in its report why rows were left out. */
    public static Recipe cleaning() {
        try (InputStream in = resource("cleaning.recipe.json")) {
            return RecipeJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Sample.class.getResourceAsStream(name), name);
    }
}
