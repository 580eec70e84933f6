package dev.temper.platform.resource;

/** What the ledger is summed by. */
public enum LedgerBy {
    TENANT("s.tenant_id", "t.name", "join tenants t on t.id = s.tenant_id"),
    USER("s.user_id", "u.email", "join users u on u.id = s.user_id"),
    JOB("s.job_id", "'#' || j.number || ' ' || j.name", "join jobs j on j.id = s.job_id"),
    POOL("s.pool_id", "p.name", "join pools p on p.id = s.pool_id"),
    /** Days as UTC has them. */
    DAY("days.at::date", "days.at::date", """
            cross join lateral generate_series(
                date_trunc('day', s.starts_at at time zone 'UTC'),
                s.stops_at at time zone 'UTC' - interval '1 microsecond', interval '1 day') as days (at)""");

    private static final int MOST = 1_000;

    private final String key;
    private final String name;
    private final String join;

    LedgerBy(String key, String name, String join) {
        this.key = key;
        this.name = name;
        this.join = join;
    }

    /** The sums over {@code spans}. */
    String select() {
        String seconds = this == DAY
                ? "extract(epoch from least(s.stops_at at time zone 'UTC', days.at + interval '1 day')"
                        + " - greatest(s.starts_at at time zone 'UTC', days.at))"
                : "extract(epoch from s.stops_at - s.starts_at)";
        return """
                select (%s)::text as key, (%s)::text as name, sum(%s) as device_seconds,
                       coalesce(sum(%s) filter (where s.borrowed), 0) as borrowed_seconds,
                       count(distinct s.job_id) as jobs
                from spans s %s group by 1, 2 order by %s limit %d
                """.formatted(key, name, seconds, seconds, join, this == DAY ? "1" : "3 desc, 1", MOST);
    }
}
