package dev.temper.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.common.ErrorCode;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Calls every operation that the API's own description names: once as its example has it, and then in every way that
 * should be refused. Whatever comes back is either what is described or a coded problem, and never tells of our insides.
 */
@PlatformTest
@TestPropertySource(
        properties = {
            "temper.rate-limit.per-address=1000000",
            "temper.rate-limit.per-key=1000000",
            "temper.rate-limit.per-session=1000000"
        })
class ContractTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Autowired
    private ServletWebServerApplicationContext platform;

    private Http http;
    private JsonNode api;
    private Examples examples;

    /** An operation of the description. */
    private record Operation(String method, String path, JsonNode json) {
        String name() {
            return method + " " + path;
        }

        boolean takes(String parameter) {
            return json.path("parameters")
                    .valueStream()
                    .anyMatch(p -> p.path("$ref").asString("").endsWith("/" + parameter));
        }

        List<JsonNode> query() {
            return json.path("parameters")
                    .valueStream()
                    .filter(p -> p.path("in").asString("").equals("query"))
                    .toList();
        }

        boolean hasPlaces() {
            return path.contains("{");
        }
    }

    @BeforeEach
    void open() {
        http = new Http(Objects.requireNonNull(platform.getWebServer()).getPort());
        api = http.get("/api/openapi.json").json();
        examples = new Examples(platform, http);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theDescriptionIsWhole() {
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.at("/components/securitySchemes/key/scheme").asString()).isEqualTo("bearer");
        assertThat(api.at("/components/schemas/Problem/properties").propertyNames())
                .contains("type", "title", "status", "detail", "code", "instance", "requestId", "errors");
        assertThat(api.path("x-error-codes")).hasSize(ErrorCode.values().length);
        for (Operation operation : operations()) {
            assertThat(operation.json().path("summary").asString(""))
                    .as(operation.name())
                    .isNotBlank();
            assertThat(operation.json().path("tags")).as(operation.name()).isNotEmpty();
            for (String failure : List.of("401", "429", "500")) {
                assertThat(operation
                                .json()
                                .at("/responses/" + failure + "/$ref")
                                .asString(""))
                        .as(operation.name())
                        .isEqualTo("#/components/responses/Problem");
            }
        }
        List<String> references = new ArrayList<>();
        collectReferences(api, references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void everyOperationHasAnExampleAndEveryExampleAnOperation() {
        Set<String> described = new TreeSet<>();
        operations().forEach(operation -> described.add(operation.name()));
        assertThat(examples.operations())
                .as("write an example for each new operation into Examples, and take out those of operations gone")
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @TestFactory
    Stream<DynamicNode> everyOperationKeepsItsWord() {
        return operations().stream().map(operation -> dynamicContainer(operation.name(), tests(operation)));
    }

    private Stream<DynamicNode> tests(Operation operation) {
        Supplier<Call> example = examples.of(operation.method(), operation.path());
        if (example == null) {
            return Stream.of();
        }
        // What is refused uses nothing up, so one example serves for all of that; what may be done needs one of its
        // own.
        Supplier<Call> refusable = new Supplier<>() {
            private @Nullable Call call;

            @Override
            public Call get() {
                call = call == null ? example.get() : call;
                return call;
            }
        };
        List<DynamicNode> tests = new ArrayList<>();
        add(tests, "is granted as described", () -> granted(operation, example.get()));
        add(
                tests,
                "asks who it is",
                () -> refused(refusable.get().asNobody().send(http, operation.method(), operation.path()), 401));
        add(
                tests,
                "refuses a key that is none",
                () -> refused(
                        refusable
                                .get()
                                .asNobody()
                                .send(http, operation.method(), operation.path(), "Authorization", "Bearer tmp_x"),
                        401));
        add(
                tests,
                "speaks Chinese",
                () -> assertThat(refusable
                                .get()
                                .asNobody()
                                .send(http, operation.method(), operation.path(), "Accept-Language", "zh-CN")
                                .header("Content-Language"))
                        .isEqualTo("zh-CN"));
        add(
                tests,
                "has no other methods",
                () -> refused(refusable.get().send(http, "PROPFIND", operation.path()), 405, 403, 400));
        add(
                tests,
                "answers in a type it has, or says which",
                () -> anything(example.get()
                        .send(http, operation.method(), operation.path(), "Accept", "application/x-nothing")));
        if (operation.hasPlaces()) {
            add(tests, "finds nothing under an unknown id", () -> unknownIds(operation, refusable.get()));
        }
        if (operation.json().at("/requestBody/content").has("application/json")) {
            add(tests, "refuses a body that is not one", () -> brokenBodies(operation, refusable));
            add(tests, "refuses each field of another type", () -> wrongFields(operation, refusable));
        }
        if (operation.takes("IfMatch")) {
            add(tests, "guards against lost updates", () -> versions(operation, refusable));
        }
        if (operation.takes("IdempotencyKey")) {
            add(tests, "is done once per key", () -> repeated(operation, example.get()));
        }
        if (operation.takes("Limit")) {
            add(tests, "pages", () -> pages(operation, refusable));
        }
        Supplier<Call> looking = operation.method().equals("GET") ? refusable : example;
        for (JsonNode parameter : operation.query()) {
            String name = parameter.path("name").asString();
            add(tests, "bears anything as " + name, () -> {
                for (String odd :
                        List.of("\u0000", "x".repeat(5_000), "'; drop table users; --", "%", "ö\uD834\uDD1E")) {
                    anything(looking.get().asking(name, odd).send(http, operation.method(), operation.path()));
                }
                refused(looking.get().asking(name, "\u0000").send(http, operation.method(), operation.path()), 400);
            });
        }
        return tests.stream();
    }

    private static void add(List<DynamicNode> tests, String name, Executable test) {
        tests.add(dynamicTest(name, test));
    }

    private void granted(Operation operation, Call call) {
        Answer answer = call.send(http, operation.method(), operation.path());
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        JsonNode described = operation.json().path("responses").path(String.valueOf(answer.status()));
        assertThat(described.isMissingNode())
                .as("status %s is described", answer.status())
                .isFalse();
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.header("RateLimit")).isNotEmpty();
        described
                .path("headers")
                .propertyNames()
                .forEach(header -> assertThat(answer.header(header)).as(header).isNotEmpty());
        if (answer.status() != 204) {
            String type = answer.header("Content-Type").replaceFirst(";.*", "");
            assertThat(described.path("content").propertyNames()).contains(type);
            JsonNode schema = described.path("content").path(type).path("schema");
            if (type.equals("application/json")) {
                fits(schema, answer.json(), "");
            }
        }
    }

    /** Every member of the answer is described, at any depth. */
    private void fits(JsonNode schema, JsonNode value, String at) {
        JsonNode resolved = resolve(schema);
        if (value.isObject() && resolved.has("properties")) {
            value.propertyStream().forEach(member -> {
                assertThat(resolved.path("properties").has(member.getKey()))
                        .as("%s/%s is described", at, member.getKey())
                        .isTrue();
                fits(resolved.path("properties").path(member.getKey()), member.getValue(), at + "/" + member.getKey());
            });
        } else if (value.isArray() && resolved.has("items")) {
            value.forEach(item -> fits(resolved.path("items"), item, at + "/*"));
        }
    }

    private void unknownIds(Operation operation, Call call) {
        Call lost = call;
        Call odd = call;
        Call foreign = call;
        for (String place : call.path().keySet()) {
            lost = lost.at(place, UUID.randomUUID());
            odd = odd.at(place, "no-such-thing");
            foreign = foreign.at(place, "%F0%9F%92%A9");
        }
        refused(lost.send(http, operation.method(), operation.path()), 404);
        refused(odd.send(http, operation.method(), operation.path()), 404);
        refused(foreign.send(http, operation.method(), operation.path()), 404);
    }

    private void brokenBodies(Operation operation, Supplier<Call> example) {
        String method = operation.method();
        String path = operation.path();
        refused(example.get().sending("").send(http, method, path, "Content-Type", "application/json"), 400);
        refused(example.get().sending("null").send(http, method, path), 400);
        refused(example.get().sending("{\"").send(http, method, path), 400);
        refused(example.get().sending("[1]").send(http, method, path), 422);
        refused(example.get().sending("{}{}").send(http, method, path), 400);
        refused(example.get().sending("[".repeat(5_000)).send(http, method, path), 400);
        refused(example.get().sending("x").send(http, method, path, "Content-Type", "text/plain"), 415);
        refused(example.get().send(http, method, path, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}), 400);
        refused(example.get().sending("{\"x\":\"" + "x".repeat(1 << 20) + "\"}").send(http, method, path), 413);
        Answer unknown = example.get()
                .sending(with(example.get().body(), "noSuchField", "1"))
                .send(http, method, path);
        refused(unknown, 422);
        assertThat(unknown.body()).contains("field_unknown", "/noSuchField");
    }

    private void wrongFields(Operation operation, Supplier<Call> example) {
        JsonNode schema = resolve(operation.json().at("/requestBody/content/application~1json/schema"));
        assertThat(schema.path("properties")).as("described fields").isNotEmpty();
        schema.path("properties").propertyStream().forEach(field -> {
            for (String wrong : List.of("{\"a\":[]}", "\"\\u0000\"", "\"" + "x".repeat(100_000) + "\"", "-1e400")) {
                Call call = example.get();
                Answer answer = call.sending(with(call.body(), field.getKey(), wrong))
                        .send(http, operation.method(), operation.path());
                assertThat(answer.body())
                        .as("%s = %.40s", field.getKey(), wrong)
                        .contains(field.getKey());
                refused(answer, 400, 422);
            }
        });
        schema.path("required").forEach(field -> {
            Call call = example.get();
            ObjectNode without = (ObjectNode) JsonMapper.shared().readTree(call.body());
            without.remove(field.asString());
            Answer answer = call.sending(without.toString()).send(http, operation.method(), operation.path());
            refused(answer, 422);
            assertThat(answer.body()).contains("/" + field.asString());
        });
    }

    private void versions(Operation operation, Supplier<Call> example) {
        String method = operation.method();
        refused(example.get().ifMatch("").send(http, method, operation.path()), 428);
        refused(example.get().ifMatch("v1").send(http, method, operation.path()), 400);
        refused(example.get().ifMatch("\"v987654321\"").send(http, method, operation.path()), 412);
    }

    private void repeated(Operation operation, Call call) {
        String key = UUID.randomUUID().toString();
        Answer first = call.send(http, operation.method(), operation.path(), "Idempotency-Key", key);
        Answer again = call.send(http, operation.method(), operation.path(), "Idempotency-Key", key);
        assertThat(first.status()).as(first.body()).isBetween(200, 299);
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        refused(call.send(http, operation.method(), operation.path(), "Idempotency-Key", "a b"), 400);
    }

    private void pages(Operation operation, Supplier<Call> example) {
        refused(example.get().asking("limit", "0").send(http, operation.method(), operation.path()), 422);
        refused(example.get().asking("limit", "x").send(http, operation.method(), operation.path()), 400);
        refused(example.get().asking("cursor", "x").send(http, operation.method(), operation.path()), 400);
        Call one = example.get().asking("limit", "1");
        Answer first = one.send(http, operation.method(), operation.path());
        assertThat(first.json().path("items")).hasSizeLessThanOrEqualTo(1);
        if (first.json().path("next").isString()) {
            Answer second = one.asking("cursor", first.json().path("next").asString())
                    .send(http, operation.method(), operation.path());
            assertThat(second.json().path("items"))
                    .hasSize(1)
                    .isNotEqualTo(first.json().path("items"));
        }
    }

    /** Success or a problem; what must not come is a failure of ours. */
    private static void anything(Answer answer) {
        if (answer.status() >= 400) {
            refused(answer, answer.status());
            assertThat(answer.status()).as(answer.body()).isLessThan(500);
        }
    }

    private static void refused(Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(answer.body()).isIn((Object[]) statuses);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        String code = problem.path("code").asString("");
        // Mappings and recipes are refused by the module that reads them, which has codes of its own.
        assertThat(ErrorCode.of(code).map(ErrorCode::status).orElse(422))
                .as(code)
                .isEqualTo(answer.status());
        assertThat(code).matches("[a-z][a-z0-9_]+");
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(problem.path("detail").asString()).isNotBlank().doesNotContain("‹");
        assertThat(answer.body().toLowerCase(Locale.ROOT))
                .doesNotContain(
                        "exception", "dev.temper", "org.postgresql", "springframework", "select ", "insert into");
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        api.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
                    }
                }));
        return operations;
    }

    private JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : resolve(api.at(reference.substring(1)));
    }

    private static void collectReferences(JsonNode node, List<String> into) {
        if (node.path("$ref").isString()) {
            into.add(node.path("$ref").asString());
        }
        node.forEach(child -> collectReferences(child, into));
    }

    private static String with(String body, String field, String json) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode object = (ObjectNode) mapper.readTree(body);
        object.putRawValue(field, new RawValue(json));
        return object.toString();
    }
}
