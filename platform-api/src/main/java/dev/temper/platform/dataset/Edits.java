package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Changing rows: versions never change, so that every change makes the next one. */
@Service
public class Edits {
    static final int MOST = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Versions versions;
    private final Datasets datasets;
    private final TransactionTemplate transaction;

    Edits(Versions versions, Datasets datasets, PlatformTransactionManager transactions) {
        this.versions = versions;
        this.datasets = datasets;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What shall change.
     *
     * @param version the version that was looked at
     * @param added rows to put behind the last one
     * @param note why
     * @param branch whether it may be changed although another version was made from it already
     */
    public record Wanted(UUID version, List<RowEdit> edits, List<Row> added, String note, boolean branch) {
        public Wanted {
            edits = List.copyOf(edits);
            added = List.copyOf(added);
        }
    }

    /** The version with these changes, as the next version of its dataset. */
    public VersionView make(Wanted wanted) {
        Caller.current().require(Permission.WRITE);
        String note = DatasetInput.text("/note", wanted.note(), 500);
        VersionView parent = in(() -> {
            VersionView looked = datasets.version(wanted.version());
            datasets.writable(looked.dataset());
            refuseSuperseded(wanted, looked);
            return looked;
        });
        check(wanted, parent);
        VersionFile file = in(() -> versions.file(parent.id()));
        Map<Long, Row> replaced = new LinkedHashMap<>();
        SortedSet<Long> gone = new TreeSet<>();
        for (RowEdit edit : wanted.edits()) {
            Row row = edit.row();
            if (row == null) {
                gone.add(edit.number());
            } else {
                replaced.put(edit.number(), placed(row, edit.number(), file));
            }
        }
        String changes = JSON.writeValueAsString(Map.of(
                "edited",
                replaced.size(),
                "removed",
                gone.size(),
                "added",
                wanted.added().size()));
        try (VersionRewrite rewrite = versions.rewrite(file)) {
            Versions.Finished finished = versions.finish(rewrite.write(replaced, gone, wanted.added()));
            return in(() -> {
                versions.lock(parent.dataset());
                refuseSuperseded(wanted, parent);
                return datasets.add(
                        finished, new Versions.Origin(parent.dataset(), parent.id(), null, null, "[]", note, changes));
            });
        }
    }

    /** Two people who look at the same version must not each make a next one that lacks the other's change. */
    private void refuseSuperseded(Wanted wanted, VersionView parent) {
        if (!wanted.branch()) {
            versions.childOf(parent.id()).ifPresent(child -> {
                throw ErrorCode.DATASET_VERSION_SUPERSEDED
                        .with("version", "v" + parent.number())
                        .with("child", "v" + child.number())
                        .with("by", Objects.requireNonNullElse(child.createdBy(), "?"));
            });
        }
    }

    private static void check(Wanted wanted, VersionView parent) {
        if (wanted.edits().isEmpty() && wanted.added().isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/edits");
        }
        if (wanted.edits().size() > MOST) {
            throw ErrorCode.FIELD_TOO_LONG.at("/edits").with("max", MOST);
        }
        if (wanted.added().size() > MOST) {
            throw ErrorCode.FIELD_TOO_LONG.at("/added").with("max", MOST);
        }
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < wanted.edits().size(); i++) {
            RowEdit edit = wanted.edits().get(i);
            if (edit.number() < 1 || edit.number() > parent.rows()) {
                throw ErrorCode.FIELD_OUT_OF_RANGE
                        .at("/edits/" + i + "/number")
                        .with("min", 1)
                        .with("max", parent.rows());
            }
            if (!numbers.add(edit.number())) {
                throw ErrorCode.FIELD_REPEATED.at("/edits/" + i + "/number").with("value", edit.number());
            }
            if (edit.row() != null) {
                DatasetInput.row("/edits/" + i + "/row", edit.row());
            }
        }
        for (int i = 0; i < wanted.added().size(); i++) {
            DatasetInput.row("/added/" + i, wanted.added().get(i));
        }
    }

    /** A row that says nothing of where it came from is still the one that stood there. */
    private static Row placed(Row row, long number, VersionFile file) {
        return row.place().file().isEmpty()
                ? row.at(file.row(number).orElseThrow().row().place())
                : row;
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> work.get()));
    }
}
