package dev.temper.platform.task;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.RunSpec;
import dev.temper.contract.Stage;
import dev.temper.data.learn.TokenStatistics;
import dev.temper.data.row.RowKind;
import dev.temper.model.ModelFacts;
import dev.temper.platform.advisor.Advisor;
import dev.temper.platform.advisor.Asking;
import dev.temper.platform.advisor.Situation;
import dev.temper.platform.advisor.Speed;
import dev.temper.platform.advisor.Workload;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Measure;
import dev.temper.platform.dataset.TokenCounts;
import dev.temper.platform.dataset.VersionView;
import dev.temper.platform.model.BaseModels;
import dev.temper.platform.resource.Admission;
import dev.temper.platform.resource.Demand;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.PoolDevices;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.task.Prediction.Cut;
import dev.temper.platform.task.Prediction.Memory;
import dev.temper.platform.task.Prediction.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What is to be said of a task before it is started: advice, warnings, what it will take, and why it can't be. */
@Service
public class Forecasts {
    private static final long START_UP = 15;
    private static final double KNOWN = 0.25;
    private static final double UNKNOWN = 3;
    private static final double HOUR = 3_600;
    private static final String AUTO = "auto";

    private final Datasets datasets;
    private final TokenCounts counts;
    private final BaseModels models;
    private final Pools pools;
    private final Admission admission;
    private final PastRuns past;
    /** What is refused here is told, and does not undo what the caller does. */
    private final TransactionTemplate apart;

    Forecasts(
            Datasets datasets,
            TokenCounts counts,
            BaseModels models,
            Pools pools,
            Admission admission,
            PastRuns past,
            PlatformTransactionManager transactions) {
        this.datasets = datasets;
        this.counts = counts;
        this.models = models;
        this.pools = pools;
        this.admission = admission;
        this.past = past;
        this.apart = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    }

    /** Fails only where what is asked can't be read at all; what is wrong with it otherwise is in the answer. */
    public TaskAdvice of(TaskRequest asked) {
        Caller.current().require(Permission.WRITE);
        RunSpec spec = TaskSpec.of(asked, asked.model(), asked.model());
        List<Fault> refusals = new ArrayList<>();
        Learned learned = learned(asked, spec, refusals);
        Optional<ModelFacts> facts = models.facts(asked.model());
        Situation.@Nullable Model model = facts.map(Forecasts::model).orElse(null);
        Map<String, List<PoolDevices>> all = pools.devices();
        @Nullable
        PoolDevices device = all.getOrDefault(asked.pool(), List.of()).stream()
                .filter(devices -> devices.node() >= asked.devices())
                .findFirst()
                .orElse(null);
        Workload workload = Workload.of(spec, learned.usable(), learned.tokens());
        Memory memory = null;
        boolean real = device != null && device.kind() != DeviceKind.SIMULATED;
        if (facts.isPresent() && device != null && real && learned.longest() > 0) {
            MemoryFit fit = new MemoryFit(facts.get(), spec, device, learned.longest());
            memory = fit.need();
            fit.refusal(all, asked.pool()).ifPresent(refusals::add);
        }
        Time time = time(asked, spec, model, device, workload).orElse(null);
        admit(asked, time, refusals);
        Situation situation = new Situation(
                spec,
                new Situation.Rows(learned.rows(), learned.longest()),
                model,
                device == null ? null : new Situation.Machine(device.bf16(), device.memoryBytes()));
        return new TaskAdvice(
                spec,
                Advisor.advise(situation),
                Advisor.warn(situation),
                refusals,
                new Prediction(
                        workload.rows(),
                        workload.heldOut(),
                        workload.steps(),
                        workload.tokens(),
                        learned.cut(),
                        memory,
                        time));
    }

    /**
     * What the versions come to.
     *
     * @param usable rows that teach something; all of them while tokens are being counted
     * @param tokens of those; 0 while they are being counted
     */
    private record Learned(
            long rows,
            long usable,
            long tokens,
            int longest,
            @Nullable Cut cut) {}

    private Learned learned(TaskRequest asked, RunSpec spec, List<Fault> refusals) {
        long rows = 0;
        List<TokenStatistics> counted = new ArrayList<>();
        int readable = 0;
        for (int i = 0; i < asked.data().size(); i++) {
            Optional<VersionView> version = version(asked, i, refusals);
            if (version.isEmpty()) {
                continue;
            }
            rows += version.get().rows();
            if (teaches(version.get(), spec.stage(), i, refusals)) {
                readable++;
                statistics(version.get(), asked.model(), spec).ifPresent(counted::add);
            }
        }
        if (counted.isEmpty() || counted.size() < readable) {
            return new Learned(rows, rows, 0, 0, null);
        }
        long usable = counted.stream().mapToLong(one -> one.whole() + one.cut()).sum();
        int longest = counted.stream().mapToInt(TokenStatistics::longest).max().orElse(0);
        if (usable == 0) {
            refusals.add(new Fault(
                    "/settings/data/cutoffLen",
                    ErrorCode.NOTHING_TO_LEARN,
                    Map.of("cutoff", spec.data().cutoffLen(), "rows", rows, "longest", longest)));
        }
        return new Learned(
                rows,
                usable,
                counted.stream().mapToLong(TokenStatistics::usedTokens).sum(),
                longest,
                new Cut(
                        counted.stream().mapToLong(TokenStatistics::cut).sum(),
                        counted.stream().mapToLong(TokenStatistics::answersLost).sum(),
                        counted.stream().mapToLong(TokenStatistics::leftOutRows).sum(),
                        longest));
    }

    private Optional<VersionView> version(TaskRequest asked, int at, List<Fault> refusals) {
        try {
            return Optional.of(datasets.version(asked.data().get(at).version()));
        } catch (Problem problem) {
            refusals.add(new Fault("/data/" + at + "/version", problem.code(), problem.facts()));
            return Optional.empty();
        }
    }

    /** Rows that the stage can do nothing with would only be found out after the queue. */
    private static boolean teaches(VersionView version, Stage stage, int at, List<Fault> refusals) {
        RowKind needed = stage == Stage.PRETRAIN ? RowKind.TEXT : RowKind.CONVERSATION;
        Map<String, Long> kinds = version.statistics().kinds();
        if (kinds.getOrDefault(needed.name().toLowerCase(Locale.ROOT), 0L) > 0) {
            return true;
        }
        refusals.add(new Fault(
                "/data/" + at + "/version",
                ErrorCode.TASK_ROWS_UNFIT,
                Map.of(
                        "stage", stage.name().toLowerCase(Locale.ROOT),
                        "kinds", String.join(", ", kinds.keySet()))));
        return false;
    }

    private Optional<TokenStatistics> statistics(VersionView version, String model, RunSpec spec) {
        String template = spec.data().template();
        return Optional.ofNullable(counts.of(
                        version.id(),
                        new Measure(
                                model,
                                template.equals(AUTO) ? null : template,
                                spec.data().cutoffLen()))
                .statistics());
    }

    private static Situation.Model model(ModelFacts facts) {
        return new Situation.Model(
                facts.parameters(), facts.config().layers(), facts.config().maxPositions());
    }

    /** By what runs like it took; where there are none, by what a token costs. */
    private Optional<Time> time(
            TaskRequest asked,
            RunSpec spec,
            Situation.@Nullable Model model,
            @Nullable PoolDevices device,
            Workload workload) {
        if (workload.tokens() == 0) {
            return Optional.empty();
        }
        long tokens = workload.tokens() + Asking.tokens(spec, workload);
        List<Taken> like = past.like(asked.model(), method(spec), asked.pool());
        if (!like.isEmpty()) {
            double speed =
                    like.stream().mapToDouble(Taken::tokensPerSecond).average().orElseThrow();
            return Optional.of(time(tokens / speed, 1 - KNOWN, 1 + KNOWN, asked.devices(), "measured", like.size()));
        }
        if (model == null || device == null) {
            return Optional.empty();
        }
        OptionalDouble speed = Speed.of(spec, model, device.kind().name(), device.model(), device.bf16());
        return speed.isEmpty()
                ? Optional.empty()
                : Optional.of(time(tokens / speed.getAsDouble(), 1 / UNKNOWN, UNKNOWN, asked.devices(), "computed", 0));
    }

    private static Time time(double steps, double low, double high, int devices, String basis, int runs) {
        long seconds = START_UP + Math.round(steps);
        return new Time(
                seconds,
                START_UP + Math.round(steps * low),
                START_UP + Math.round(steps * high),
                seconds * devices / HOUR,
                basis,
                runs);
    }

    /** Whether the pool, its machines, the quota and the budget could ever take it. */
    private void admit(TaskRequest asked, @Nullable Time time, List<Fault> refusals) {
        Duration estimate = asked.estimateOr(time);
        try {
            apart.executeWithoutResult(_ -> admission.admit(new Demand(
                    "train",
                    asked.pool(),
                    asked.devices(),
                    null,
                    estimate,
                    asked.priority(),
                    Caller.current().requirePerson())));
        } catch (Problem problem) {
            refusals.addAll(
                    problem.faults().isEmpty()
                            ? List.of(new Fault("/pool", problem.code(), problem.facts()))
                            : problem.faults());
        }
    }

    private static String method(RunSpec spec) {
        return switch (spec.method()) {
            case MethodSpec.Full _ -> "full";
            case MethodSpec.Lora _ -> "lora";
            case MethodSpec.Partial _ -> "partial";
            case MethodSpec.Ia3 _ -> "ia3";
        };
    }
}
