package dev.temper.platform.model.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.model.BaseModelView;
import dev.temper.platform.model.BaseModels;
import dev.temper.platform.model.CommercialUse;
import dev.temper.platform.model.Licence;
import dev.temper.platform.model.ModelImports;
import dev.temper.platform.model.ModelImports.Wanted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/base-models")
@Tag(name = "base-models", description = "Models that trainings start from: the platform's and a tenant's own.")
class BaseModelController {
    private final BaseModels models;
    private final ModelImports imports;

    BaseModelController(BaseModels models, ModelImports imports) {
        this.models = models;
        this.imports = imports;
    }

    /**
     * What a model may be used for.
     *
     * @param name an SPDX identifier, or what its maker calls it
     * @param gated whether a tenant's admin has to accept it before a task may use the model
     */
    record LicenceBody(
            @Nullable String name,
            @Nullable String url,
            @Nullable String text,
            @Nullable CommercialUse commercialUse,
            @Nullable Boolean gated) {
        Licence licence() {
            return new Licence(
                    Objects.requireNonNullElse(name, ""),
                    Objects.requireNonNullElse(url, ""),
                    Objects.requireNonNullElse(text, ""),
                    Objects.requireNonNullElse(commercialUse, CommercialUse.UNKNOWN),
                    Objects.requireNonNullElse(gated, false));
        }
    }

    /**
     * A repository of the hub.
     *
     * @param repository as in Qwen/Qwen3-1.7B
     * @param revision a branch, a tag or a commit; without it main
     * @param file the one GGUF file that is wanted; without it the folder
     * @param token what the hub asks for; kept encrypted until the import is over, never shown
     */
    record HubBody(
            @NotBlank String repository,
            @Nullable String revision,
            @Nullable String file,
            @Nullable String token) {}

    /**
     * A model to bring in, from one of the sources.
     *
     * @param name what tasks call it; without it as the source suggests
     * @param shared whether it is for every tenant (platform admin); without it the tenant's own
     * @param upload the id of a finished upload of a GGUF file
     * @param folder a model folder or GGUF file of the platform's machine, below one that its settings name (platform
     *     admin)
     * @param hub a repository of the hub
     */
    record NewModel(
            @Nullable String name,
            @Nullable Boolean shared,
            @Nullable String description,
            @Nullable LicenceBody licence,
            @Nullable UUID upload,
            @Nullable String folder,
            @Nullable HubBody hub) {
        Wanted wanted() {
            return new Wanted(
                    Objects.requireNonNullElse(name, ""),
                    Objects.requireNonNullElse(shared, false),
                    Objects.requireNonNullElse(description, ""),
                    licence == null ? Licence.UNKNOWN : licence.licence());
        }
    }

    /** What to change; what is left out stays. */
    record ModelChange(
            @Nullable String description, @Nullable LicenceBody licence) {}

    /** A file of a model. */
    record ModelFile(String path, String sha256, long size) {}

    @Operation(summary = "List the base models by name")
    @GetMapping
    Page<BaseModelView> list(PageQuery page) {
        return models.list(page);
    }

    @Operation(summary = "Bring a base model in; its state tells how far it is")
    @PostMapping
    @ApiResponse(responseCode = "202", description = "The model, whose import has begun")
    ResponseEntity<BaseModelView> bring(@RequestBody NewModel body) {
        BaseModelView made = made(body);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/base-models/" + made.id()))
                .body(made);
    }

    private BaseModelView made(NewModel body) {
        if (Stream.of(body.upload(), body.folder(), body.hub())
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            throw ErrorCode.MODEL_SOURCE_NOT_ONE.problem();
        }
        if (body.upload() != null) {
            return imports.fromUpload(body.upload(), body.wanted());
        }
        if (body.folder() != null) {
            return imports.fromFolder(body.folder(), body.wanted());
        }
        HubBody hub = Objects.requireNonNull(body.hub());
        return imports.fromHub(
                hub.repository(),
                Objects.requireNonNullElse(hub.revision(), ""),
                Objects.requireNonNullElse(hub.file(), ""),
                Objects.requireNonNullElse(hub.token(), ""),
                body.wanted());
    }

    @Operation(summary = "Show a base model: what its files say, its licence, how far its import is")
    @GetMapping("/{id}")
    BaseModelView get(@PathVariable UUID id) {
        return models.get(id);
    }

    @Operation(summary = "List what a run of it is given")
    @GetMapping("/{id}/files")
    List<ModelFile> files(@PathVariable UUID id) {
        return models.files(id).stream()
                .map(file -> new ModelFile(file.path(), file.sha256(), file.size()))
                .toList();
    }

    @Operation(summary = "Change what is said of a base model; other words of a licence have to be accepted anew")
    @PatchMapping("/{id}")
    BaseModelView change(@PathVariable UUID id, @RequestBody ModelChange body, IfMatch version) {
        Licence licence = body.licence() == null ? null : body.licence().licence();
        return models.change(id, new BaseModels.Change(body.description(), licence), version);
    }

    @Operation(summary = "Begin a failed import anew")
    @PostMapping("/{id}/import")
    @ApiResponse(responseCode = "202", description = "The model, whose import has begun anew")
    ResponseEntity<BaseModelView> again(@PathVariable UUID id) {
        return ResponseEntity.accepted().body(imports.again(id));
    }

    @Operation(summary = "Let no new task begin with it; what was made of it stays")
    @PostMapping("/{id}/withdraw")
    BaseModelView withdraw(@PathVariable UUID id, IfMatch version) {
        return models.withdraw(id, version);
    }

    @Operation(summary = "Let tasks begin with it again")
    @PostMapping("/{id}/restore")
    BaseModelView restore(@PathVariable UUID id, IfMatch version) {
        return models.restore(id, version);
    }

    @Operation(summary = "Delete a base model that nothing was made of")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, IfMatch version) {
        models.delete(id, version);
    }

    @Operation(summary = "Accept its licence for the tenant")
    @PutMapping("/{id}/acceptance")
    BaseModelView accept(@PathVariable UUID id) {
        return models.accept(id);
    }

    @Operation(summary = "Accept its licence no longer; tasks that run go on")
    @DeleteMapping("/{id}/acceptance")
    BaseModelView unaccept(@PathVariable UUID id) {
        return models.unaccept(id);
    }
}
