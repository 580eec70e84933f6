package dev.temper.platform.common.web;

import dev.temper.platform.common.Problem;
import dev.temper.platform.common.ProblemWriter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where the container sends what nobody handled. Programs get the problem; people get the view {@code error} with it as
 * {@code problem}.
 */
@Controller
class ErrorAnswers implements ErrorController {
    static final String PROBLEM = "dev.temper.problem";

    private final ProblemWriter problems;
    private final Clock clock;

    ErrorAnswers(ProblemWriter problems, Clock clock) {
        this.problems = problems;
        this.clock = clock;
    }

    @RequestMapping("${server.error.path:${error.path:/error}}")
    @Nullable
    ModelAndView answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problem(request);
        if (!Audience.wantsPage(request)) {
            problems.write(request, response, problem);
            return null;
        }
        Map<String, Object> model =
                Map.of("problem", problems.view(request, problem), "timestamp", Date.from(clock.instant()));
        return new ModelAndView(
                "error", model, HttpStatusCode.valueOf(problem.code().status()));
    }

    private static Problem problem(HttpServletRequest request) {
        if (request.getAttribute(PROBLEM) instanceof Problem problem) {
            return problem;
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            Problem problem = Failures.of(thrown, request);
            FailureAnswers.log(problem);
            return problem;
        }
        return Failures.ofStatus(
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 404);
    }
}
