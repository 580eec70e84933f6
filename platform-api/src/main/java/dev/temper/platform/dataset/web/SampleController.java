package dev.temper.platform.dataset.web;

import dev.temper.data.sample.Sample;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.SampleData;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/dataset-samples")
@Tag(name = "dataset-samples", description = "Sample data in the box, to try things with.")
class SampleController {
    private final SampleData samples;

    SampleController(SampleData samples) {
        this.samples = samples;
    }

    /** A sample and the file it is in. */
    record SampleView(String id, String fileName) {}

    /** All samples. */
    record SampleList(List<SampleView> items) {}

    @Operation(summary = "List the sample data in the box")
    @GetMapping
    SampleList list() {
        Caller.current().require(Permission.READ);
        return new SampleList(Arrays.stream(Sample.values())
                .map(sample -> new SampleView(sample.id(), sample.fileName()))
                .toList());
    }

    @Operation(summary = "Bring a sample in as a new dataset: the answer is an import to watch")
    @ApiResponse(responseCode = "202", description = "The import, waiting for its turn")
    @PostMapping("/{id}")
    ResponseEntity<ImportView> add(@PathVariable String id) {
        Sample wanted = Arrays.stream(Sample.values())
                .filter(sample -> sample.id().equals(id))
                .findFirst()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
        ImportView started = samples.add(wanted);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/imports/" + started.id()))
                .body(started);
    }
}
