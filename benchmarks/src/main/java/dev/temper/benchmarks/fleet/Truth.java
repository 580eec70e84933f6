package dev.temper.benchmarks.fleet;

import dev.temper.benchmarks.fleet.Founding.Tenant;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Whether what the platform shows is what its database holds. What changed while it was being shown can't be compared: a
 * look counts only where the database says the same before and after it.
 */
final class Truth {
    private static final Pattern USE = Pattern.compile("(\\d+) in use · (\\d+) borrowed · (\\d+) queued");
    private static final String WORKING = "state=ASSIGNED&state=STARTING&state=RUNNING&state=PREEMPTING&limit=100";

    private final Connection database;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger moved = new AtomicInteger();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    Truth(Connection database) {
        this.database = database;
    }

    /** A cell of the matrix of quotas. */
    private record Cell(String tenant, int held, int borrowed, int queuedDevices) {}

    /** The matrix as the admins' page and each tenant's REST show it, and the jobs that hold devices. */
    void look(Face admin, Map<Tenant, Face> tenants) throws IOException, InterruptedException, SQLException {
        compare("the page of quotas", this::cells, () -> page(admin));
        for (Map.Entry<Tenant, Face> tenant : tenants.entrySet()) {
            String slug = tenant.getKey().slug();
            compare(
                    "the quotas of " + slug,
                    () -> cells().stream()
                            .filter(cell -> cell.tenant().equals(slug))
                            .toList(),
                    () -> quotas(tenant.getValue()));
            compare("the jobs of " + slug, () -> working(slug), () -> jobs(tenant.getValue()));
        }
    }

    /** Something that is looked up. */
    private interface Look<T> {
        T now() throws IOException, InterruptedException, SQLException;
    }

    private <T> void compare(String what, Look<T> kept, Look<T> shown)
            throws IOException, InterruptedException, SQLException {
        T before = kept.now();
        T seen = shown.now();
        if (!before.equals(kept.now())) {
            moved.incrementAndGet();
            return;
        }
        looks.incrementAndGet();
        if (!before.equals(seen)) {
            wrong.add("%s: %s, and not %s".formatted(what, seen, before));
        }
    }

    private List<Cell> cells() throws SQLException {
        return rows("""
                select t.slug,
                       (select count(*) from device_leases l
                        where l.held_until is null and l.tenant_id = t.id and l.pool_id = p.id),
                       (select count(*) from device_leases l
                        where l.held_until is null and l.borrowed and l.tenant_id = t.id and l.pool_id = p.id),
                       (select coalesce(sum(devices), 0) from jobs j
                        where j.state = 'QUEUED' and j.tenant_id = t.id and j.pool_id = p.id)
                from tenants t cross join pools p order by t.id, p.name
                """, row -> new Cell(row.getString(1), row.getInt(2), row.getInt(3), row.getInt(4)));
    }

    private List<Cell> page(Face admin) throws IOException, InterruptedException {
        List<Cell> shown = new ArrayList<>();
        for (String row : admin.page("/admin/quotas").split("<tr", -1)) {
            Matcher name =
                    Pattern.compile("class=\"grow\" dir=\"auto\">([^<]+)<").matcher(row);
            Matcher use = USE.matcher(row);
            while (name.find()) {
                while (use.find()) {
                    shown.add(cell(name.group(1), use));
                }
            }
        }
        return shown;
    }

    private static Cell cell(String tenant, Matcher use) {
        return new Cell(
                tenant, Integer.parseInt(use.group(1)), Integer.parseInt(use.group(2)), Integer.parseInt(use.group(3)));
    }

    private static List<Cell> quotas(Face tenant) throws IOException, InterruptedException {
        List<Cell> shown = new ArrayList<>();
        for (JsonNode cell : tenant.get("/api/v1/quotas").path("items")) {
            shown.add(new Cell(
                    cell.path("tenant").asString(),
                    cell.path("held").asInt(),
                    cell.path("borrowed").asInt(),
                    cell.path("queuedDevices").asInt()));
        }
        return shown;
    }

    private List<String> working(String slug) throws SQLException {
        return rows("""
                select j.number || ' ' || j.state from jobs j join tenants t on t.id = j.tenant_id
                where t.slug = '%s' and j.state in ('ASSIGNED', 'STARTING', 'RUNNING', 'PREEMPTING')
                order by j.number
                """.formatted(slug), row -> row.getString(1));
    }

    private static List<String> jobs(Face tenant) throws IOException, InterruptedException {
        List<JsonNode> shown = new ArrayList<>();
        tenant.get("/api/v1/jobs?" + WORKING).path("items").forEach(shown::add);
        return shown.stream()
                .sorted((one, other) -> Long.compare(
                        one.path("number").asLong(), other.path("number").asLong()))
                .map(job ->
                        job.path("number").asLong() + " " + job.path("state").asString())
                .toList();
    }

    /** What to make of a row. */
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    synchronized <T> List<T> rows(String sql, Reading<T> reading) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(reading.of(found));
            }
            return rows;
        }
    }

    double number(String sql) throws SQLException {
        return rows(sql, row -> row.getDouble(1)).getFirst();
    }

    int looks() {
        return looks.get();
    }

    int moved() {
        return moved.get();
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
