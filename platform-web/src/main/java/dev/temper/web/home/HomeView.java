package dev.temper.web.home;

import dev.temper.web.audit.AuditRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's dashboard.
 *
 * @param roleKey message key of the reader's role
 * @param activity the newest audit entries; null for whoever may not read them
 */
record HomeView(
        String roleKey,
        List<Figure> figures,
        List<Step> steps,
        @Nullable List<AuditRow> activity) {
    /** A number and where it comes from; the label is a message key. */
    record Figure(String value, String label, String href) {}

    /** Something useful to do next; texts are message keys. */
    record Step(String name, String icon, String href, boolean done, boolean primary) {
        public String title() {
            return "home.step." + name + ".title";
        }

        public String text() {
            return "home.step." + name + ".text";
        }

        public String action() {
            return "home.step." + name + ".action";
        }

        Step first() {
            return new Step(name, icon, href, done, true);
        }
    }
}
