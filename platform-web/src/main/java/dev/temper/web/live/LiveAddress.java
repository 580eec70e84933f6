package dev.temper.web.live;

import dev.temper.platform.live.Live;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.TenantLink;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Where a page listens: asked for before the page reads what it shows, so that nothing falls in between. */
@Component
public class LiveAddress {
    private final Live live;

    LiveAddress(Live live) {
        this.live = live;
    }

    /**
     * The address of a stream that also rings the reader’s bell, for the attribute {@code live} of the page's model.
     *
     * @param topics as in {@code job.12}, or {@code job} for all of them
     */
    public String of(Shell shell, String... topics) {
        TenantLink tenant = shell.tenant();
        List<String> all = new ArrayList<>(List.of(topics));
        if (tenant != null && shell.viewer() != null) {
            all.add("notice." + shell.viewer().id());
        }
        return (tenant == null ? "/admin" : "/t/" + tenant.slug()) + "/live?topics=" + String.join(",", all)
                + "&cursor=" + live.cursor();
    }
}
