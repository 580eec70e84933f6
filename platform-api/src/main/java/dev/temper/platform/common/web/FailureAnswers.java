package dev.temper.platform.common.web;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/** Answers whatever was thrown while a program's request was handled, and logs what is ours to mend. */
@Component
class FailureAnswers {
    private static final Logger log = LoggerFactory.getLogger(FailureAnswers.class);

    private final ProblemWriter problems;

    FailureAnswers(ProblemWriter problems) {
        this.problems = problems;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Throwable thrown) {
        try {
            if (thrown instanceof CodedException coded) {
                problems.write(request, response, CodedFailures.view(coded, request));
                return;
            }
            Problem problem = Failures.of(thrown, request);
            log(problem);
            addHeaders(response, thrown);
            problems.write(request, response, problem);
        } catch (IOException clientGone) {
            log.debug("The answer could not be sent", clientGone);
        }
    }

    static void log(Problem problem) {
        if (problem.code() == ErrorCode.UNEXPECTED) {
            log.error("Unexpected failure", Objects.requireNonNullElse(problem.getCause(), problem));
        } else if (problem.code().status() >= 500) {
            log.warn("{}", problem.code().code(), problem.getCause());
        } else {
            log.debug("{}", problem.getMessage());
        }
    }

    private static void addHeaders(HttpServletResponse response, Throwable thrown) {
        if (thrown instanceof HttpRequestMethodNotSupportedException wrong && wrong.getSupportedHttpMethods() != null) {
            response.setHeader(
                    HttpHeaders.ALLOW,
                    String.join(
                            ", ",
                            wrong.getSupportedHttpMethods().stream()
                                    .map(HttpMethod::name)
                                    .toList()));
        }
        if (thrown instanceof HttpMediaTypeNotSupportedException wrong) {
            wrong.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        }
    }
}
