package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.temper.contract.CodedException;
import dev.temper.data.recipe.ModelEndpoint;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@PlatformTest
class ModelEndpointsTest {
    /** An address for documentation: public, and nobody's. */
    private static final String PUBLIC = "https://203.0.113.7/v1";

    @Autowired
    private World world;

    @Autowired
    private ModelEndpoints endpoints;

    @Autowired
    private EndpointTable table;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Secrets secrets;

    @Autowired
    private Audit audit;

    @TempDir
    private Path folder;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void theKeyIsKeptEncryptedAndOnlyOpenedForARun() {
        EndpointView made =
                ours.does(() -> endpoints.create(new EndpointChange("rewriter", PUBLIC, "qwen", "sk-secret")));

        assertThat(made.hasKey()).isTrue();
        byte[] stored = ours.does(() -> Objects.requireNonNull(transaction.execute(_ -> table.key(made.id()))))
                .orElseThrow();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("sk-secret");
        ModelEndpoint open = ours.does(() -> endpoints.open("rewriter"));
        assertThat(open.key()).contains("sk-secret");
        assertThat(open.toString()).doesNotContain("sk-secret");
        assertThat(open.allowPrivate()).isFalse();
    }

    @Test
    void aKeyIsForgottenWithTheAddressItWasFor() {
        EndpointView made =
                ours.does(() -> endpoints.create(new EndpointChange("rewriter", PUBLIC, "qwen", "sk-secret")));
        EndpointView renamed = ours.does(() -> endpoints.change(
                made.id(), new EndpointChange("other", null, "qwen3", null), new IfMatch(List.of(made.version()))));
        assertThat(renamed.hasKey()).isTrue();
        EndpointView moved = ours.does(() -> endpoints.change(
                made.id(), new EndpointChange(null, "https://203.0.113.9/v1", null, null), new IfMatch(null)));
        assertThat(moved.hasKey()).isFalse();
    }

    @Test
    void addressesOfThisMachineAndItsNetworksAreRefused() {
        for (String address : List.of(
                "http://127.0.0.1:8080/v1", "http://10.1.2.3/v1", "http://169.254.169.254/latest", "http://[::1]/v1")) {
            assertThatThrownBy(() -> create(address))
                    .isInstanceOfSatisfying(
                            CodedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("endpoint_private"));
        }
        for (String address :
                List.of("file:///etc/passwd", "ftp://203.0.113.7/", "https://user@203.0.113.7/", "what")) {
            assertThatThrownBy(() -> create(address)).hasMessageContaining("field_not_in_form");
        }
    }

    @Test
    void onlyAdminsConfigureAndOthersReachNothing() {
        EndpointView made = create(PUBLIC);
        Inhabitant member = world.member(ours.tenant(), Role.MEMBER);
        assertThat(member.does(() -> endpoints.get(made.id())).name()).isEqualTo("rewriter");
        assertThatThrownBy(() -> member.does(() -> endpoints.create(new EndpointChange("mine", PUBLIC, "qwen", null))))
                .hasMessageContaining("action_not_allowed");
        Inhabitant theirs = world.owner();
        assertThatThrownBy(() -> theirs.does(() -> endpoints.get(made.id()))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> theirs.does(() -> endpoints.open("rewriter")))
                .isInstanceOfSatisfying(
                        CodedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("recipe_endpoint_missing"));
        assertThatThrownBy(() -> create(PUBLIC)).hasMessageContaining("model_endpoint_name_taken");
    }

    @Test
    void aStepAsksTheModelWithTheKeyWhereThePlatformAllowsItsAddress() throws IOException {
        List<String> keys = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer =
                    "{\"choices\":[{\"message\":{\"content\":\"In other words?\"}}]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            ModelEndpoints allowing = new ModelEndpoints(table, secrets, new ModelSettings(true), audit);
            ModelEndpoint open = ours.does(() -> transaction.execute(_ -> {
                String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
                allowing.create(new EndpointChange("rewriter", address, "qwen", "sk-secret"));
                return allowing.open("rewriter");
            }));
            Recipe recipe = RecipeJson.read(
                    "{\"version\":1,\"steps\":[{\"step\":\"augment_model\",\"endpoint\":\"rewriter\"}]}");
            List<Row> kept = new ArrayList<>();
            RecipeContext context = RecipeContext.in(folder).withEndpoints(name -> Objects.requireNonNull(open, name));
            try (RecipeRun run = recipe.start(context)) {
                run.accept(question(), sink(kept));
            }

            assertThat(kept).hasSize(2);
            assertThat(kept.getLast().turns().getFirst().text()).isEqualTo("In other words?");
            assertThat(keys).containsExactly("Bearer sk-secret");
        } finally {
            server.stop(0);
        }
    }

    private static Row question() {
        return CanonicalJson.row(JsonMapper.shared().readTree("""
                {"messages": [{"role": "user", "content": "What is it?"}, {"role": "assistant", "content": "A thing."}],
                 "meta": {"file": "a.jsonl", "line": 1}}
                """));
    }

    private static RecipeRun.Sink sink(List<Row> kept) {
        return new RecipeRun.Sink() {
            @Override
            public void keep(Row row) {
                kept.add(row);
            }

            @Override
            public void leaveOut(LeftOut row) {
                throw new AssertionError(row);
            }
        };
    }

    private EndpointView create(String address) {
        return ours.does(() -> endpoints.create(new EndpointChange("rewriter", address, "qwen", null)));
    }
}
