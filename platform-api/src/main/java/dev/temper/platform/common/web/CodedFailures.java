package dev.temper.platform.common.web;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.CodedTexts.Said;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.ProblemView;
import dev.temper.platform.common.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** Failures that both halves of Temper share, of templates, tokenisers, recipes and specs, in the language asked for. */
final class CodedFailures {
    private CodedFailures() {}

    static ProblemView view(CodedException failure, HttpServletRequest request) {
        int status = switch (failure.category()) {
            case USER, RESOURCES -> 422;
            case INTERNAL -> 500;
        };
        Locale locale = ErrorTexts.pick(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        Said said = CodedTexts.of(failure, locale);
        return new ProblemView(
                ErrorCode.HELP_PATH + failure.code(),
                said.title(),
                status,
                said.sentence(locale),
                failure.code(),
                request.getRequestURI(),
                RequestId.of(request),
                CodedTexts.faults(failure, locale).stream()
                        .map(fault -> new ProblemView.Field(fault.pointer(), null, fault.code(), fault.sentence()))
                        .toList());
    }
}
