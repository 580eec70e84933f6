package dev.temper.web.model;

import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import dev.temper.platform.model.CommercialUse;
import dev.temper.platform.model.Licence;
import dev.temper.platform.model.ModelImports;
import dev.temper.platform.model.ModelImports.Wanted;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Bringing a base model in: from the hub, from a file of one's own, from a folder of the platform's machine. */
@Controller
@RequestMapping({"/t/{tenant}/models/import", "/admin/models-import"})
class ImportModelPages {
    private final ModelImports imports;
    private final Uploads uploads;
    private final Once once;
    private final MessageSource words;

    ImportModelPages(ModelImports imports, Uploads uploads, Once once, MessageSource words) {
        this.imports = imports;
        this.uploads = uploads;
        this.once = once;
        this.words = words;
    }

    /** What was typed; never the token. */
    record Form(
            String source,
            String name,
            String description,
            String repository,
            String revision,
            String file,
            String folder,
            String licence,
            CommercialUse use,
            boolean gated) {
        static Form of(Map<String, String> typed) {
            return new Form(
                    typed.getOrDefault("source", "hub"),
                    typed.getOrDefault("name", ""),
                    typed.getOrDefault("description", ""),
                    typed.getOrDefault("repository", ""),
                    typed.getOrDefault("revision", "main"),
                    typed.getOrDefault("file", ""),
                    typed.getOrDefault("folder", ""),
                    typed.getOrDefault("licence", ""),
                    Stream.of(CommercialUse.values())
                            .filter(use -> use.name().equals(typed.get("use")))
                            .findFirst()
                            .orElse(CommercialUse.UNKNOWN),
                    Boolean.parseBoolean(typed.get("gated")));
        }
    }

    @ModelAttribute("area")
    String area() {
        return "models";
    }

    @GetMapping
    String form(
            @RequestParam(defaultValue = "hub") String source,
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(BaseModelPages.importing(shell));
        Form form = Form.of(Map.of("source", source));
        return draw(form, once.key(), model, request, locale, shell);
    }

    private String draw(Form form, String key, Model model, HttpServletRequest request, Locale locale, Shell shell) {
        model.addAttribute("form", form);
        model.addAttribute("once", key);
        model.addAttribute("uses", CommercialUse.values());
        model.addAttribute("partSize", Uploads.PART_SIZE);
        model.addAttribute("takesFolders", shell.tenant() == null && imports.takesFolders());
        model.addAttribute("here", shell.path());
        model.addAttribute("root", BaseModelPages.root(shell));
        model.addAttribute("crumbs", BaseModelPages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.post(request, "/api/v1/base-models"));
        return "model/import";
    }

    @PostMapping
    String bring(
            @RequestParam Map<String, String> fields,
            @RequestParam(required = false) @Nullable UUID upload,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile whole,
            @RequestParam(defaultValue = "") String token,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form typed = Form.of(fields);
        try {
            return once.lead(
                    key,
                    () -> "redirect:" + BaseModelPages.root(shell) + "/" + start(typed, upload, whole, token, shell));
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(typed, key, model, request, locale, shell);
        }
    }

    private String start(Form form, @Nullable UUID upload, @Nullable MultipartFile whole, String token, Shell shell) {
        Wanted wanted = new Wanted(
                form.name(),
                shell.tenant() == null,
                form.description(),
                new Licence(form.licence(), "", "", form.use(), form.gated()));
        return switch (form.source()) {
            case "upload" -> {
                UUID sent = upload == null ? whole(whole) : upload;
                yield imports.fromUpload(sent, wanted).name();
            }
            case "folder" -> imports.fromFolder(form.folder(), wanted).name();
            default ->
                imports.fromHub(form.repository(), form.revision(), form.file(), token, wanted)
                        .name();
        };
    }

    /** The file that came with the form itself, from a browser without script. */
    private UUID whole(@Nullable MultipartFile file) {
        String name = file == null ? null : file.getOriginalFilename();
        if (file == null || name == null || file.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        try (InputStream in = file.getInputStream()) {
            UUID upload = uploads.begin(name, file.getSize(), null).id();
            for (int part = 0; (long) part * Uploads.PART_SIZE < file.getSize(); part++) {
                byte[] bytes = in.readNBytes(Uploads.PART_SIZE);
                uploads.part(upload, part, new ByteArrayInputStream(bytes), null);
            }
            return upload;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
