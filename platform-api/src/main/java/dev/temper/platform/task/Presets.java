package dev.temper.platform.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Settings under a name, for everybody in the tenant. */
@Service("taskPresets")
@Transactional
public class Presets {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> FORM = new TypeReference<>() {};
    private static final int LONGEST = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    Presets(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param form what it sets, by the names of fields */
    public record Preset(String name, Map<String, String> form) {
        public Preset {
            form = Map.copyOf(form);
        }
    }

    /** By name. */
    @Transactional(readOnly = true)
    public List<Preset> list() {
        Caller.current().require(Permission.READ);
        return jdbc.sql("select name, form::text from task_presets order by name limit 200")
                .query((row, _) -> new Preset(row.getString(1), JSON.readValue(row.getString(2), FORM)))
                .list();
    }

    /** Under a name that is free; one that is taken is somebody's, and stays. */
    public void keep(String name, Map<String, String> form) {
        Caller.current().require(Permission.WRITE);
        String bare = name.strip();
        if (bare.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/preset");
        }
        if (bare.length() > LONGEST) {
            throw ErrorCode.FIELD_TOO_LONG.at("/preset").with("max", LONGEST);
        }
        int kept = jdbc.sql("""
                        insert into task_presets (id, tenant_id, name, form, changed_by, changed_at)
                        values (?, ?, ?, ?::jsonb, ?, ?) on conflict (tenant_id, name) do nothing
                        """)
                .params(
                        Ids.next(),
                        TenantScope.require(),
                        bare,
                        JSON.writeValueAsString(form),
                        Caller.current().requirePerson(),
                        Timestamp.from(clock.instant()))
                .update();
        if (kept == 0) {
            throw ErrorCode.PRESET_NAME_TAKEN.at("/preset").with("preset", bare);
        }
    }

    public void remove(String name) {
        Caller.current().require(Permission.WRITE);
        jdbc.sql("delete from task_presets where name = ?").param(name).update();
    }
}
