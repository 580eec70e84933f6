package dev.temper.platform.common.web;

import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.ProblemView;
import dev.temper.platform.common.RequestId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The answer where Tomcat refuses a request before it reaches us: malformed, or with too long a head. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Locale language = ErrorTexts.pick(request.getHeader("Accept-Language"));
        String id = RequestId.assign(request, request.getHeader(RequestId.HEADER));
        String path = request.getRequestURI() == null ? "/" : request.getRequestURI();
        ProblemView view = ProblemView.of(Failures.ofStatus(status), language, path, id);
        try {
            byte[] body = JSON.writeValueAsString(view).getBytes(StandardCharsets.UTF_8);
            response.setStatus(view.status());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setHeader("Content-Language", language.toLanguageTag());
            response.setHeader(RequestId.HEADER, id);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException clientGone) {
            container.getLogger().debug("The answer could not be sent", clientGone);
        }
    }
}
