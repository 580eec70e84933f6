package dev.temper.platform.common.web;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ProblemView;
import dev.temper.platform.common.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Failures that both halves of Temper share, of templates, tokenisers and specs; their sentences come with them. */
final class CodedFailures {
    private CodedFailures() {}

    static ProblemView view(CodedException failure, HttpServletRequest request) {
        int status = switch (failure.category()) {
            case USER, RESOURCES -> 422;
            case INTERNAL -> 500;
        };
        String message = String.valueOf(failure.getMessage());
        return new ProblemView(
                ErrorCode.HELP_PATH + failure.code(),
                message,
                status,
                failure.remedy().isEmpty() ? message : message + " " + failure.remedy(),
                failure.code(),
                request.getRequestURI(),
                RequestId.of(request),
                List.of());
    }
}
