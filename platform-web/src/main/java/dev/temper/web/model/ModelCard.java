package dev.temper.web.model;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.model.BaseModelState;
import dev.temper.platform.model.BaseModelView;
import dev.temper.platform.model.ImportFailure;
import dev.temper.platform.model.ModelSummary;
import dev.temper.web.compute.Measures;
import dev.temper.web.compute.Status;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A base model on its page.
 *
 * @param percent of the import; null while it is not known
 * @param why an import came to nothing, as people read it
 * @param memory what training it takes, by method and precision
 */
record ModelCard(
        BaseModelView model,
        Status status,
        boolean moving,
        @Nullable Integer percent,
        @Nullable String why,
        @Nullable String code,
        @Nullable String parameters,
        @Nullable String stored,
        List<Need> memory,
        @Nullable Moment created,
        @Nullable Moment accepted) {
    /** Memory of one method; the label is a message key. */
    record Need(String label, String precision, String memory) {}

    static ModelCard of(BaseModelView model, Formats formats, Locale locale) {
        Long total = model.bytesTotal();
        ImportFailure failure = model.failure();
        ModelSummary facts = model.facts();
        BaseModelView.Acceptance acceptance = model.acceptance();
        return new ModelCard(
                model,
                ModelRow.status(model),
                model.state() == BaseModelState.IMPORTING,
                total == null || total == 0 ? null : Math.clamp(100 * model.bytesDone() / total, 0, 100),
                failure == null ? null : said(failure, locale),
                failure == null ? null : failure.code(),
                facts == null ? null : formats.number(facts.parameters()),
                facts == null ? null : ModelRow.stored(facts),
                facts == null
                        ? List.of()
                        : facts.memory().stream()
                                .map(need -> new Need(
                                        "models.memory." + need.method(),
                                        need.precision(),
                                        Measures.size(need.bytes())))
                                .toList(),
                formats.moment(model.createdAt()),
                acceptance == null ? null : formats.moment(acceptance.at()));
    }

    /** Whose code it is, ours or another module's, in the reader's language. */
    private static String said(ImportFailure failure, Locale locale) {
        return ErrorCode.of(failure.code())
                .map(code -> ErrorTexts.detail(code, failure.facts(), locale))
                .orElseGet(() -> {
                    CodedException told = CodedException.user(failure.code(), failure.message(), failure.remedy());
                    failure.facts().forEach(told::with);
                    return CodedTexts.of(told, locale).sentence(locale);
                });
    }
}
