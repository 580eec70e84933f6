package dev.temper.web.task;

import dev.temper.platform.advisor.AdviceTexts;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Tokenizers;
import dev.temper.platform.dataset.VersionView;
import dev.temper.platform.resource.PoolDevices;
import dev.temper.platform.resource.PoolStock;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaFilter;
import dev.temper.platform.resource.QuotaUse;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.task.Draft;
import dev.temper.platform.task.Drafts;
import dev.temper.platform.task.Presets;
import dev.temper.platform.task.TaskAdvice;
import dev.temper.web.compute.Measures;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Draws a new task, a step at a time. */
@Component
class DraftScreen {
    private static final long HOUR = 3_600;

    private final Datasets datasets;
    private final Tokenizers models;
    private final Pools pools;
    private final Quotas quotas;
    private final Drafts drafts;
    private final Presets presets;
    private final Outlooks outlooks;
    private final Estimates estimates;
    private final Cursors cursors;
    private final MessageSource words;

    DraftScreen(
            Datasets datasets,
            Tokenizers models,
            Pools pools,
            Quotas quotas,
            Drafts drafts,
            Presets presets,
            Outlooks outlooks,
            Estimates estimates,
            Cursors cursors,
            MessageSource words) {
        this.datasets = datasets;
        this.models = models;
        this.pools = pools;
        this.quotas = quotas;
        this.drafts = drafts;
        this.presets = presets;
        this.outlooks = outlooks;
        this.estimates = estimates;
        this.cursors = cursors;
        this.words = words;
    }

    /**
     * A step in the row of all.
     *
     * @param wrong whether something is wrong there
     */
    record Mark(Step step, boolean here, boolean filled, boolean wrong) {}

    /** A dataset version to choose. */
    record Rows(UUID version, String name, String rows, boolean chosen, String weight) {}

    /** A pool to choose: its devices, what is free, what the tenant may still have. */
    record PoolCard(
            String name, String description, List<String> devices, int free, int usable, String left, boolean chosen) {}

    /** A draft that was left open. */
    record Open(long number, String name, @Nullable Moment changed) {}

    /** What two windows made of one field. */
    record Clash(String field, String label, String theirs, String mine) {}

    List<Open> open(Formats formats, Locale locale) {
        return drafts.open().stream()
                .map(draft ->
                        new Open(draft.number(), name(new TaskForm(draft.form())), formats.moment(draft.changedAt())))
                .toList();
    }

    String show(
            @Nullable Draft draft,
            TaskForm form,
            Step step,
            @Nullable Refused refused,
            Model model,
            List<Crumb> crumbs,
            Formats formats,
            Locale locale) {
        boolean judged = step == Step.PARAMETERS || step == Step.REVIEW || refused != null;
        Outlook outlook = judged ? outlooks.of(form, locale) : new Outlook(form, form, null, null);
        Refused wrong = refused == null && step == Step.REVIEW ? outlook.refused() : refused;
        model.addAttribute("draft", draft);
        model.addAttribute("form", form);
        model.addAttribute("step", step);
        model.addAttribute("marks", marks(form, step, outlook.refused()));
        model.addAttribute("refused", wrong);
        model.addAttribute("crumbs", crumbs);
        switch (step) {
            case DATASET -> model.addAttribute("versions", versions(form, formats));
            case MODEL -> model.addAttribute("models", models.models());
            case COMPUTE -> model.addAttribute("pools", pools(form, locale));
            case PARAMETERS -> parameters(outlook, model, formats, locale);
            case REVIEW -> review(outlook, model, formats, locale);
        }
        return "task/draft";
    }

    /** Another window saved: its value and ours of each field that differs. */
    String conflict(Draft theirs, TaskForm mine, Step step, Model model, List<Crumb> crumbs) {
        TaskForm kept = new TaskForm(theirs.form());
        model.addAttribute("draft", theirs);
        model.addAttribute("step", step);
        model.addAttribute("crumbs", crumbs);
        model.addAttribute(
                "clashes",
                mine.differing(kept).entrySet().stream()
                        .map(one -> new Clash(
                                one.getKey(), "tasks.field." + one.getKey(), kept.get(one.getKey()), one.getValue()))
                        .toList());
        return "task/conflict";
    }

    /** As it was typed, else after its first dataset and its method. */
    String name(TaskForm form) {
        if (!form.name().isBlank()) {
            return form.name();
        }
        return form.data().keySet().stream()
                .findFirst()
                .map(version -> dataset(version) + " " + form.method())
                .orElse("–");
    }

    private String dataset(UUID version) {
        try {
            VersionView found = datasets.version(version);
            return datasets.get(found.dataset()).name() + " v" + found.number();
        } catch (Problem gone) {
            return "–";
        }
    }

    String label(String field, Locale locale) {
        return Objects.requireNonNull(words.getMessage("tasks.field." + field, null, field, locale));
    }

    /** Of ours, or of the tenant's own. */
    Map<String, String> preset(String name) {
        return Standard.of(name)
                .map(Standard::fields)
                .orElseGet(() -> presets.list().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .map(Presets.Preset::form)
                        .orElse(Map.of()));
    }

    private static List<Mark> marks(TaskForm form, Step here, @Nullable Refused refused) {
        return Arrays.stream(Step.values())
                .map(step -> new Mark(
                        step,
                        step == here,
                        filled(form, step),
                        refused != null && refused.fields().stream().anyMatch(one -> Step.having(one.field()) == step)))
                .toList();
    }

    private static boolean filled(TaskForm form, Step step) {
        return switch (step) {
            case DATASET -> !form.data().isEmpty();
            case MODEL -> !form.model().isEmpty();
            case COMPUTE -> !form.pool().isEmpty();
            case PARAMETERS -> !form.get("method").isEmpty();
            case REVIEW -> false;
        };
    }

    /** The newest version of each dataset, and older ones that are chosen already. */
    private List<Rows> versions(TaskForm form, Formats formats) {
        Map<UUID, String> chosen = form.data();
        List<Rows> rows = new ArrayList<>();
        for (DatasetView dataset : datasets.list(cursors.query(PageQuery.MAX_LIMIT, null, "tasks"), null)
                .items()) {
            DatasetView.Latest latest = dataset.latest();
            if (latest != null) {
                rows.add(row(latest.id(), dataset.name() + " v" + latest.number(), latest.rows(), chosen, formats));
            }
        }
        chosen.keySet().stream()
                .filter(version -> rows.stream().noneMatch(row -> row.version().equals(version)))
                .forEach(version -> rows.addFirst(row(version, dataset(version), 0, chosen, formats)));
        return rows;
    }

    private static Rows row(UUID version, String name, long rows, Map<UUID, String> chosen, Formats formats) {
        return new Rows(
                version,
                name,
                rows == 0 ? "" : formats.number(rows),
                chosen.containsKey(version),
                chosen.getOrDefault(version, "1"));
    }

    private List<PoolCard> pools(TaskForm form, Locale locale) {
        Map<UUID, PoolStock> stock = pools.stock();
        Map<String, List<PoolDevices>> devices = pools.devices();
        Map<UUID, QuotaUse> uses = quotas
                .uses(new QuotaFilter(TenantScope.require(), null), cursors.query(PageQuery.MAX_LIMIT, null, "quotas"))
                .items()
                .stream()
                .collect(Collectors.toMap(QuotaUse::poolId, Function.identity()));
        return pools.list().stream()
                .map(pool -> card(
                        pool,
                        stock.getOrDefault(pool.id(), PoolStock.EMPTY),
                        devices.getOrDefault(pool.name(), List.of()),
                        uses.get(pool.id()),
                        form,
                        locale))
                .toList();
    }

    private PoolCard card(
            PoolView pool,
            PoolStock stock,
            List<PoolDevices> devices,
            @Nullable QuotaUse use,
            TaskForm form,
            Locale locale) {
        return new PoolCard(
                pool.name(),
                pool.description(),
                devices.stream()
                        .map(one -> one.count() + " × " + one.model() + ", " + Measures.memory(one.memoryBytes())
                                + (one.bf16() ? ", bf16" : ""))
                        .toList(),
                stock.free(),
                stock.usable(),
                use == null ? "" : left(use, locale),
                pool.name().equals(form.pool()));
    }

    private String left(QuotaUse use, Locale locale) {
        Long hours = use.limits().monthlyGpuHours();
        return hours == null
                ? say("tasks.quota.devices", locale, use.held(), use.limits().ceiling())
                : say(
                        "tasks.quota.hours",
                        locale,
                        Measures.hours(Math.max(0, hours * HOUR - use.usedSeconds())),
                        hours,
                        use.held(),
                        use.limits().ceiling());
    }

    private void parameters(Outlook outlook, Model model, Formats formats, Locale locale) {
        model.addAttribute("items", outlook.items(locale));
        model.addAttribute("refused", outlook.refused());
        model.addAttribute("presets", Standard.values());
        model.addAttribute("ownPresets", presets.list());
        estimate(outlook, model, formats, locale);
    }

    private void review(Outlook outlook, Model model, Formats formats, Locale locale) {
        model.addAttribute("items", outlook.items(locale));
        model.addAttribute("name", name(outlook.filled()));
        model.addAttribute(
                "chosen",
                outlook.filled().data().keySet().stream().map(this::dataset).toList());
        model.addAttribute(
                "warnings",
                outlook.warnings().stream()
                        .map(one -> AdviceTexts.of(one, locale))
                        .toList());
        model.addAttribute("remedies", outlook.remedies());
        model.addAttribute("mayStart", outlook.startable());
        model.addAttribute("calls", Calls.of(outlook.filled().with("name", name(outlook.filled()))));
        estimate(outlook, model, formats, locale);
    }

    private void estimate(Outlook outlook, Model model, Formats formats, Locale locale) {
        TaskAdvice advice = outlook.advice();
        if (advice != null) {
            model.addAttribute("estimate", estimates.of(advice.prediction(), formats, locale));
        }
    }

    private String say(String key, Locale locale, Object... args) {
        return Objects.requireNonNull(words.getMessage(key, args, locale));
    }
}
