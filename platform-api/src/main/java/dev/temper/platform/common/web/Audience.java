package dev.temper.platform.common.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Who reads the answer: a program, which gets problems, or a person, who gets pages. */
final class Audience {
    private static final List<String> PROGRAMS = List.of("/api/", "/v1/", "/worker/");

    private Audience() {}

    /** Whether the request is for an interface of programs, by its path alone. */
    static boolean program(HttpServletRequest request) {
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                ? original
                : request.getRequestURI();
        return PROGRAMS.stream().anyMatch(path::startsWith);
    }

    static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return !program(request) && accept != null && accept.contains("text/html");
    }
}
