package dev.temper.platform.resource.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.resource.DeviceFilter;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.resource.Nodes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/devices")
@Tag(name = "devices", description = "What runs compute on, over all nodes (platform admin).")
class DeviceController {
    private final Nodes nodes;

    DeviceController(Nodes nodes) {
        this.nodes = nodes;
    }

    @Operation(summary = "List the devices with their health, telemetry and the job that holds them")
    @GetMapping
    Page<DeviceView> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable UUID node,
            @RequestParam(required = false) @Nullable String pool,
            @RequestParam(required = false) @Nullable DeviceKind kind,
            @RequestParam(required = false) @Nullable Boolean free) {
        return nodes.devices(new DeviceFilter(node, pool, kind, free), page);
    }

    @Operation(summary = "Show a device")
    @GetMapping("/{id}")
    DeviceView get(@PathVariable UUID id) {
        return nodes.device(id);
    }
}
