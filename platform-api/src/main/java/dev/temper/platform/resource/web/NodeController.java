package dev.temper.platform.resource.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.resource.NodeFilter;
import dev.temper.platform.resource.NodeState;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/nodes")
@Tag(name = "nodes", description = "Workers' machines and what is to become of them (platform admin).")
class NodeController {
    private final Nodes nodes;

    NodeController(Nodes nodes) {
        this.nodes = nodes;
    }

    /** The labels a node is to bear, in place of those it has. */
    record NodeLabels(@NotNull List<String> labels) {}

    @Operation(summary = "List the nodes with their devices")
    @GetMapping
    Page<NodeView> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable List<String> label,
            @RequestParam(required = false) @Nullable String pool,
            @RequestParam(required = false) @Nullable NodeState state) {
        return nodes.list(new NodeFilter(label == null ? List.of() : label, pool, state), page);
    }

    @Operation(summary = "Show a node, its devices and how they do")
    @GetMapping("/{id}")
    NodeView get(@PathVariable UUID id) {
        return nodes.get(id);
    }

    @Operation(summary = "Give a node other labels; it moves to the pool that asks for most of them")
    @PatchMapping("/{id}")
    NodeView label(@PathVariable UUID id, @RequestBody NodeLabels body, IfMatch version) {
        return nodes.label(id, body.labels(), version);
    }

    @Operation(summary = "Cordon a node: it gets no more jobs, those it runs end there")
    @PostMapping("/{id}/cordon")
    NodeView cordon(@PathVariable UUID id, IfMatch version) {
        return nodes.cordon(id, version);
    }

    @Operation(summary = "Drain a node: it gets no more jobs, those it runs write a checkpoint and go on elsewhere")
    @PostMapping("/{id}/drain")
    NodeView drain(@PathVariable UUID id, IfMatch version) {
        return nodes.drain(id, version);
    }

    @Operation(summary = "Give a node jobs again, also one that the platform itself had taken out")
    @PostMapping("/{id}/uncordon")
    NodeView uncordon(@PathVariable UUID id, IfMatch version) {
        return nodes.makeReady(id, version);
    }

    @Operation(summary = "Retire a node for good; what it did stays in the ledger")
    @PostMapping("/{id}/retire")
    NodeView retire(@PathVariable UUID id, IfMatch version) {
        return nodes.retire(id, version);
    }
}
