package dev.temper.platform.live.web;

import dev.temper.platform.live.Fact;
import dev.temper.platform.live.Live;
import dev.temper.platform.live.LiveStream;
import dev.temper.platform.live.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * A stream a page. Each waits on a virtual thread of its own, which costs little more than the connection. It ends after some
 * minutes, and the page opens it anew from its cursor: so a role that was taken away is soon heard of here, too. It stands
 * apart from the pages, as a stream has no use for what a page is drawn with, and a thousand of them would read it at once.
 */
@Controller
class LiveController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Live live;

    LiveController(Live live) {
        this.live = live;
    }

    @GetMapping({"/t/{tenant}/live", "/admin/live"})
    void listen(@RequestParam Set<String> topics, @RequestParam long cursor, HttpServletResponse response)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        try (LiveStream stream = live.open(new TreeSet<>(topics), cursor)) {
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store, no-transform");
            // For nginx, which would otherwise keep events until a buffer is full.
            response.setHeader("X-Accel-Buffering", "no");
            PrintWriter out = response.getWriter();
            out.write(": here\n\n");
            out.flush();
            Told told = stream.next(HEARTBEAT);
            while (told != null && !out.checkError() && System.nanoTime() < end) {
                out.write(event(told));
                out.flush();
                told = stream.next(HEARTBEAT);
            }
        }
    }

    private static String event(Told told) {
        Fact fact = told.fact();
        String name = told.resync() ? "resync" : fact == null ? "beat" : "fact";
        String data = fact == null ? "{}" : "{\"topic\":\"" + fact.topic() + "\",\"fact\":" + fact.json() + "}";
        return "id: " + told.cursor() + "\nevent: " + name + "\ndata: " + data + "\n\n";
    }
}
