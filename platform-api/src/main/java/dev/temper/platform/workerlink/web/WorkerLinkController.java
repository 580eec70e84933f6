package dev.temper.platform.workerlink.web;

import dev.temper.contract.link.ArtefactQuery;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.InventoryReport;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.LinkMessage;
import dev.temper.contract.link.Outcome;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import dev.temper.platform.workerlink.RunContents;
import dev.temper.platform.workerlink.WorkerLink;
import dev.temper.platform.workerlink.Workers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operations of {@link dev.temper.contract.link.LinkOperation}; {@code docs/worker-link.md} describes them. */
@RestController
@RequestMapping("/worker/v1")
class WorkerLinkController {
    private static final String HELD = "Temper-Held";
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,15})-(\\d{1,15})/(\\d{1,15})");

    private final Workers workers;
    private final WorkerLink link;
    private final RunContents contents;

    WorkerLinkController(Workers workers, WorkerLink link, RunContents contents) {
        this.workers = workers;
        this.link = link;
        this.contents = contents;
    }

    @PostMapping("/enrol")
    ResponseEntity<byte[]> enrol(@RequestBody byte[] body) {
        return json(workers.enrol(LinkJson.read(body, Enrolment.class)));
    }

    @PutMapping("/inventory")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void inventory(@RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker, @RequestBody byte[] body) {
        workers.report(worker.nodeId(), LinkJson.read(body, InventoryReport.class));
    }

    @PostMapping("/lease")
    ResponseEntity<byte[]> lease(@RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker, @RequestBody byte[] body)
            throws InterruptedException {
        return link.lease(worker.nodeId(), LinkJson.read(body, LeaseRequest.class))
                .map(WorkerLinkController::json)
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @PostMapping("/heartbeat")
    ResponseEntity<byte[]> heartbeat(
            @RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker, @RequestBody byte[] body)
            throws InterruptedException {
        return json(link.heartbeat(worker, LinkJson.read(body, Heartbeat.class)));
    }

    @PostMapping("/jobs/{job}/events")
    ResponseEntity<byte[]> events(
            @RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker,
            @PathVariable UUID job,
            @RequestBody byte[] body) {
        return json(link.events(worker.nodeId(), job, LinkJson.read(body, EventBatch.class)));
    }

    @PostMapping("/jobs/{job}/artefacts")
    ResponseEntity<byte[]> artefacts(
            @RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker,
            @PathVariable UUID job,
            @RequestBody byte[] body) {
        return json(contents.missing(worker.nodeId(), job, LinkJson.read(body, ArtefactQuery.class)));
    }

    @PutMapping(path = "/jobs/{job}/artefacts/{sha256}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void send(
            @RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker,
            @PathVariable UUID job,
            @PathVariable String sha256,
            @RequestHeader(name = HttpHeaders.CONTENT_RANGE, required = false) @Nullable String range,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Span span = Span.of(range, request.getContentLengthLong());
        try {
            contents.send(worker.nodeId(), job, hash(sha256), span.from(), span.total(), request.getInputStream());
        } catch (Problem problem) {
            Object held = problem.facts().get("held");
            if (problem.code() == ErrorCode.ARTEFACT_OUT_OF_PLACE && held != null) {
                response.setHeader(HELD, held.toString());
            }
            throw problem;
        }
    }

    @GetMapping("/jobs/{job}/files/{sha256}")
    ResponseEntity<Resource> fetch(
            @RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker,
            @PathVariable UUID job,
            @PathVariable String sha256) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(new FileSystemResource(contents.fetch(worker.nodeId(), job, hash(sha256))));
    }

    @PostMapping("/jobs/{job}/outcome")
    ResponseEntity<byte[]> outcome(
            @RequestAttribute(Workers.ATTRIBUTE) Workers.Known worker,
            @PathVariable UUID job,
            @RequestBody byte[] body) {
        return json(link.outcome(worker.nodeId(), job, LinkJson.read(body, Outcome.class)));
    }

    /** Where the bytes of a request belong in a content of that length; without a range they are all of it. */
    private record Span(long from, long total) {
        static Span of(@Nullable String range, long length) {
            if (range == null) {
                return new Span(0, Math.max(0, length));
            }
            Matcher parts = RANGE.matcher(range);
            if (!parts.matches()) {
                throw wrong();
            }
            long from = Long.parseLong(parts.group(1));
            long to = Long.parseLong(parts.group(2));
            long total = Long.parseLong(parts.group(3));
            if (to < from || to >= total) {
                throw wrong();
            }
            return new Span(from, total);
        }

        private static Problem wrong() {
            return ErrorCode.HEADER_WRONG
                    .at(HttpHeaders.CONTENT_RANGE)
                    .with("header", HttpHeaders.CONTENT_RANGE)
                    .with("example", "bytes 0-1023/4096");
        }
    }

    private static String hash(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return sha256;
    }

    private static ResponseEntity<byte[]> json(LinkMessage message) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(LinkJson.write(message));
    }
}
