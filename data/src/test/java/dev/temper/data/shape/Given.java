package dev.temper.data.shape;

import dev.temper.data.read.DataFile;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a file becomes by a mapping. */
record Given(Proposal proposal, List<Row> rows, List<LeftOut> leftOut) {
    static Given file(Path folder, String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.writeString(path, content);
        return file(DataFile.of(path, name));
    }

    static Given file(DataFile file) throws IOException {
        Proposal proposal = Recognition.of(file);
        return mapped(file, proposal, proposal.mapping());
    }

    static Given mapped(DataFile file, Proposal proposal, Mapping mapping) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        try (Rows all = Rows.open(file, mapping, 0)) {
            for (Outcome outcome = all.next(); outcome != null; outcome = all.next()) {
                switch (outcome) {
                    case Outcome.Kept kept -> rows.add(kept.row());
                    case Outcome.Left left -> leftOut.add(left.leftOut());
                }
            }
        }
        return new Given(proposal, rows, leftOut);
    }

    Shape shape() {
        return proposal.mapping().shape();
    }

    List<String> codes() {
        return leftOut.stream().map(LeftOut::code).toList();
    }
}
