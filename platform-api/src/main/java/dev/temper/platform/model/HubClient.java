package dev.temper.platform.model;

import dev.temper.contract.CodedException;
import dev.temper.contract.web.OpenWeb;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks the Hugging Face Hub's protocol, to it or to a mirror: what a repository holds at a revision, and its files from
 * any byte on. A token is shown to the hub alone, never to where it redirects to, and redirects lead to the open internet.
 */
final class HubClient {
    private static final int LARGEST_ANSWER = 32 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI endpoint;
    private final Optional<String> token;
    private final OpenWeb web;

    HubClient(String endpoint, Optional<String> token, boolean allowPrivate) {
        this.endpoint = URI.create(endpoint.replaceFirst("/+$", ""));
        this.token = token;
        this.web = new OpenWeb(place -> allowPrivate || isHub(place), PATIENCE);
    }

    /**
     * A repository at one commit.
     *
     * @param licence as its card says; may be empty
     * @param gated whether the hub asks people to agree to something first
     */
    record Repository(String commit, List<HubFile> files, String licence, String licenceUrl, boolean gated) {
        Repository {
            files = List.copyOf(files);
        }
    }

    /**
     * A file of a repository.
     *
     * @param size in bytes; -1 where the hub does not say
     * @param sha256 of the content, for large files; empty where the hub does not say
     */
    record HubFile(String path, long size, String sha256) {}

    Repository repository(String name, String revision) throws IOException {
        URI place = URI.create(
                "%s/api/models/%s/revision/%s?blobs=true".formatted(endpoint, path(name), encoded(revision)));
        try (InputStream in = get(place, 0, name).body()) {
            byte[] answer = in.readNBytes(LARGEST_ANSWER);
            return repository(JsonMapper.shared().readTree(answer), name);
        } catch (JacksonException noAnswer) {
            throw notAHub(name, noAnswer);
        }
    }

    private Repository repository(JsonNode told, String name) {
        String commit = told.path("sha").asString("");
        if (!commit.matches("[0-9a-f]{7,64}") || !told.path("siblings").isArray()) {
            throw notAHub(name, new IOException("no commit or no files"));
        }
        List<HubFile> files = new ArrayList<>();
        for (JsonNode file : told.path("siblings")) {
            JsonNode large = file.path("lfs");
            files.add(new HubFile(
                    file.path("rfilename").asString(""),
                    large.path("size").asLong(file.path("size").asLong(-1)),
                    large.path("sha256").asString("")));
        }
        JsonNode card = told.path("cardData");
        String licence = card.path("license").asString("");
        return new Repository(
                commit,
                files,
                licence.equals("other") ? card.path("license_name").asString(licence) : licence,
                card.path("license_link").asString(""),
                told.path("gated").isString() || told.path("gated").asBoolean(false));
    }

    /**
     * A file's bytes.
     *
     * @param from where they begin; 0 where the hub cannot go on in the middle
     */
    record Content(long from, InputStream bytes) {}

    Content open(String name, String commit, String file, long from) throws IOException {
        URI place = URI.create("%s/%s/resolve/%s/%s".formatted(endpoint, path(name), encoded(commit), path(file)));
        OpenWeb.Answer answer = get(place, from, name);
        return new Content(answer.status() == 206 ? from : 0, answer.body());
    }

    private OpenWeb.Answer get(URI place, long from, String name) throws IOException {
        try {
            OpenWeb.Answer answer = web.get(place, (at, request) -> dress(at, request, from));
            if (answer.status() == 200 || answer.status() == 206) {
                return answer;
            }
            answer.close();
            throw refused(answer.status(), name);
        } catch (OpenWeb.Astray astray) {
            throw unavailable(
                            switch (astray.to()) {
                                case CIRCLES -> "it redirects in circles";
                                case NO_ADDRESS -> "it redirects to no address";
                                case PRIVATE_NETWORK -> "it redirects into a private network";
                            })
                    .because(astray);
        }
    }

    private void dress(URI place, HttpRequest.Builder request, long from) {
        request.header("User-Agent", "temper");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        if (isHub(place)) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
    }

    /** The hub itself is whom the platform's admin has named. */
    private boolean isHub(URI place) {
        return Objects.equals(place.getScheme(), endpoint.getScheme())
                && Objects.equals(place.getAuthority(), endpoint.getAuthority());
    }

    private CodedException refused(int status, String name) {
        return switch (status) {
            case 401, 403 ->
                CodedException.user(
                                "hub_access_refused",
                                "The hub does not give out " + name + " (HTTP " + status + ").",
                                "Agree to what the model asks on the hub's page, and give a token of that account.")
                        .with("model", name);
            case 404 ->
                CodedException.user(
                                "hub_model_unknown",
                                "The hub has no model " + name + " at that revision.",
                                "Check the name, as in owner/model, and the revision; private ones need a token.")
                        .with("model", name);
            default -> unavailable("HTTP " + status);
        };
    }

    static CodedException unavailable(String why) {
        return CodedException.resources(
                        "hub_unavailable",
                        "The hub does not answer as it should: " + why + ".",
                        "Try again later; what was fetched before is not fetched again.")
                .with("reason", why);
    }

    private static CodedException notAHub(String name, Exception why) {
        return CodedException.user(
                        "hub_answer_unreadable",
                        "What answers for " + name + " does not speak the hub's protocol.",
                        "Have the platform's admin check temper.models.hub.endpoint.")
                .with("model", name)
                .because(why);
    }

    private static String path(String name) {
        return Arrays.stream(name.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
