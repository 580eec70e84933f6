package dev.temper.data.duplicates;

import dev.temper.data.SharedFiles;
import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The golden rows with the duplicates planted among them. */
public record Planted(List<Row> rows, List<Set<Integer>> groups) {
    public static Planted read() {
        JsonNode golden = SharedFiles.golden("data/near_duplicates.json");
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : golden.path("rows")) {
            String input = row.path("input").asString("");
            String instruction = row.path("instruction").asString("");
            rows.add(Trial.asked(
                    rows.size(),
                    input.isEmpty() ? instruction : instruction + "\n" + input,
                    row.path("output").asString("")));
        }
        List<Set<Integer>> groups = new ArrayList<>();
        for (JsonNode group : golden.path("groups_at_0_8")) {
            Set<Integer> members = new TreeSet<>();
            group.forEach(member -> members.add(member.asInt()));
            groups.add(members);
        }
        return new Planted(rows, groups);
    }

    /** Rows that have an earlier one in their group. */
    Set<Integer> duplicates() {
        Set<Integer> duplicates = new HashSet<>();
        groups.forEach(group -> group.stream().skip(1).forEach(duplicates::add));
        return duplicates;
    }
}
