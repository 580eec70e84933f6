package dev.temper.platform.tenant.security;

import dev.temper.platform.common.Problem;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** One of the two faces of the platform: the API for programs, the pages for people. */
interface Face {
    /** The short name of the tenant that is asked for. */
    Optional<String> tenant(HttpServletRequest request);

    /** Whether this may be done while a handed password is still to be changed. */
    boolean openBeforePasswordChange(HttpServletRequest request);

    void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException, ServletException;
}
