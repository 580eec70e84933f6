package dev.temper.probe;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Versioned;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** One endpoint for each thing that can go wrong. */
@RestController
@RequestMapping("/api/v1/probes")
class ProbeController {
    enum Colour {
        RED,
        GREEN
    }

    record Part(@NotBlank @Size(max = 5) String label) {}

    record Order(
            @NotBlank @Size(min = 2, max = 10) String name,
            @Nullable @Email String email,
            @Min(1) @Max(9) int count,
            @Nullable Boolean urgent,
            @Nullable Colour colour,
            @Nullable Instant due,
            @Nullable UUID parent,
            @Nullable @Pattern(regexp = "[a-z-]+") String slug,
            @Nullable List<@Valid Part> parts,
            @Nullable Map<String, String> labels) {}

    record Thing(int id, long version, String name) implements Versioned {}

    private final JdbcClient jdbc;
    private final AtomicInteger worked = new AtomicInteger();

    ProbeController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/file")
    long file(@RequestParam MultipartFile file) {
        return file.getSize();
    }

    @GetMapping
    Page<Integer> list(PageQuery page, @RequestParam(defaultValue = "1") @Min(1) int step) {
        int after = page.after().map(last -> (int) last.number(0)).orElse(0);
        List<Integer> all = IntStream.rangeClosed(1, 250).boxed().toList();
        List<Integer> rows =
                all.stream().filter(n -> n > after).limit(page.fetch()).toList();
        return page.slice(rows, Keyset::of);
    }

    @PostMapping
    ResponseEntity<Order> echo(@Valid @RequestBody Order order) {
        return ResponseEntity.created(URI.create("/api/v1/probes/7")).body(order);
    }

    @GetMapping("/{id}")
    Thing get(@PathVariable int id) {
        return new Thing(id, 3, "名");
    }

    @PutMapping("/{id}")
    Thing put(@PathVariable int id, IfMatch ifMatch) {
        ifMatch.check(3);
        return new Thing(id, 4, "new");
    }

    @DeleteMapping("/{id}")
    void delete(@PathVariable UUID id, @RequestParam Colour colour, @RequestHeader("Probe-Number") int number) {}

    /** Leaves a row for each time it is done; a name that is longer than 20 fails after the row is there. */
    @PostMapping("/work")
    Map<String, Object> work(@RequestBody Map<String, String> body) {
        jdbc.sql("insert into login_failures (subject, failures, first_at) values (:s, 1, now())")
                .param("s", body.get("name") + worked.incrementAndGet())
                .update();
        if (String.valueOf(body.get("name")).length() > 20) {
            throw ErrorCode.FIELD_TOO_LONG.at("/name").with("max", 20);
        }
        return Map.of("secret", "made once " + worked.get());
    }

    @GetMapping(path = "/plain/text", produces = MediaType.TEXT_PLAIN_VALUE)
    String text() {
        return "text";
    }

    @GetMapping("/fail/{how}")
    void fail(@PathVariable String how) {
        throw switch (how) {
            case "problem" -> ErrorCode.EDIT_CONFLICT.with("current", "\"v2\"");
            case "coded" ->
                CodedException.user("template_unknown", "There is no template \"x\".", "Choose one of: a, b.");
            case "coded-internal" -> CodedException.internal("tokenizer_broken", "The tokenizer broke.", "");
            case "stale" -> new OptimisticLockingFailureException("row was updated in com.example");
            case "taken" ->
                new DataIntegrityViolationException("insert into secret_table", new SQLException("dup", "23505"));
            case "check" ->
                new DataIntegrityViolationException("insert into secret_table", new SQLException("check", "23514"));
            case "slow" -> new QueryTimeoutException("select from secret_table");
            case "sql" -> new DataRetrievalFailureException("select password from secret_table");
            case "deep" -> new IllegalStateException("at dev.temper.Secret.method(Secret.java:7)");
            default -> new RuntimeException(how);
        };
    }
}
