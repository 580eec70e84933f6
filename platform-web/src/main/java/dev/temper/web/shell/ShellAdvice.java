package dev.temper.web.shell;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page its shell and its formats, the error page included. */
@ControllerAdvice(basePackages = "dev.temper.web", assignableTypes = ErrorController.class)
class ShellAdvice {
    private static final Logger log = LoggerFactory.getLogger(ShellAdvice.class);

    private final Shells shells;
    private final Clock clock;
    private final MessageSource words;

    ShellAdvice(Shells shells, Clock clock, MessageSource words) {
        this.shells = shells;
        this.clock = clock;
        this.words = words;
    }

    @ModelAttribute("shell")
    Shell shell(HttpServletRequest request) {
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            return shells.of(request);
        }
        try {
            return shells.of(request);
        } catch (RuntimeException alsoFailed) {
            // What failed first may be what the shell is read from.
            log.debug("The error page is drawn without its shell", alsoFailed);
            return shells.bare(request);
        }
    }

    @ModelAttribute("fmt")
    Formats formats(@ModelAttribute("shell") Shell shell) {
        return new Formats(shell.look(), clock, words);
    }
}
