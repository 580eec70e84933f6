package dev.temper.platform.job;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every number a run told, none thinned out: a line for each time it told some, the steps done again in their attempts. */
@Service
public class CurveExport {
    /** So many lines are read at a time: the driver holds no run of a million steps in memory. */
    private static final int FETCHED = 1000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    CurveExport(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes those of a job the scope may see. */
    @Transactional(readOnly = true)
    public void write(UUID job, Writer out) throws IOException {
        List<String> names = jdbc.sql("""
                        select distinct json_object_keys(body -> 'values') as name from job_events
                        where job_id = :job and step is not null order by name
                        """)
                .param("job", job)
                .query((row, _) -> row.getString("name"))
                .list();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        List<String> head = new ArrayList<>(List.of("attempt", "step", "at"));
        head.addAll(names);
        csv.writeRecord(head);
        jdbc.sql("""
                        select dense_rank() over (order by fence) as attempt, step, at, body::text as body
                        from job_events where job_id = :job and step is not null order by fence, id
                        """).withFetchSize(FETCHED).param("job", job).query(row -> {
            List<String> line = new ArrayList<>(List.of(
                    row.getString("attempt"),
                    row.getString("step"),
                    row.getTimestamp("at").toInstant().toString()));
            JsonNode values = JSON.readTree(row.getString("body")).path("values");
            names.forEach(name -> line.add(values.path(name).asString("")));
            csv.writeRecord(line);
        });
        csv.flush();
    }
}
