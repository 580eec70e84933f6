package dev.temper.platform.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Follows versions back to their files and on to what was made from them. */
@Service
@Transactional(readOnly = true)
public class Lineages {
    private static final int MOST = 200;
    private static final String LINK = """
            select v.id, v.number, v.row_count, v.note, u.email, v.created_at, v.deleted_at is not null
            from dataset_versions v left join users u on u.id = v.created_by
            """;

    private final Datasets datasets;
    private final Imports imports;
    private final Deletions deletions;
    private final JdbcClient jdbc;

    Lineages(Datasets datasets, Imports imports, Deletions deletions, JdbcClient jdbc) {
        this.datasets = datasets;
        this.imports = imports;
        this.deletions = deletions;
        this.jdbc = jdbc;
    }

    public Lineage of(UUID version) {
        VersionView shown = datasets.version(version);
        List<Lineage.Link> line = jdbc.sql("""
                        with recursive line as (
                            select id, parent_id, 0 as steps from dataset_versions where id = ?
                            union all
                            select p.id, p.parent_id, l.steps + 1 from dataset_versions p join line l on p.id = l.parent_id
                            where l.steps < ?)
                        """ + LINK + "join line l on l.id = v.id order by l.steps desc")
                .params(version, MOST)
                .query(Lineages::link)
                .list();
        List<Lineage.Link> children =
                jdbc.sql(LINK + """
                        where v.parent_id = ? and v.deleted_at is null order by v.number limit ?
                        """).params(version, MOST).query(Lineages::link).list();
        Optional<Lineage.Source> source = imports.behind(version)
                .map(run -> new Lineage.Source(run.id(), run.fileName(), run.fileSize(), number(run, shown)));
        return new Lineage(source.orElse(null), line, children, deletions.uses(version));
    }

    private int number(ImportView run, VersionView shown) {
        return run.resultVersion() == null
                ? shown.number()
                : jdbc.sql("select number from dataset_versions where id = ?")
                        .param(run.resultVersion())
                        .query(Integer.class)
                        .single();
    }

    private static Lineage.Link link(ResultSet row, int index) throws SQLException {
        return new Lineage.Link(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                row.getBoolean(7));
    }
}
