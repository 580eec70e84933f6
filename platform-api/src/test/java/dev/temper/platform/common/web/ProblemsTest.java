package dev.temper.platform.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.common.ErrorCode;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import dev.temper.probe.Probe;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever is sent, the answer is a coded problem that says where and what to do, and nothing of our insides. */
class ProblemsTest {
    private static final String PATH = "/api/v1/probes";

    private static Probe probe;
    private static Http http;

    @BeforeAll
    static void start() {
        probe = new Probe(Map.of("temper.request.max-body", "20KB"));
        http = new Http(probe.port());
    }

    @AfterAll
    static void stop() {
        http.close();
        probe.close();
    }

    @Test
    void aProblemHasEveryMember() {
        Answer answer = http.get(PATH + "/fail/problem", "X-Request-Id", "my-own-request.1");
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isEqualTo("my-own-request.1");
        JsonNode json = answer.json();
        assertThat(json.path("type").asString()).isEqualTo("/help/errors/edit_conflict");
        assertThat(json.path("title").asString()).isEqualTo("Somebody else changed it");
        assertThat(json.path("status").asInt()).isEqualTo(412);
        assertThat(json.path("detail").asString()).contains("\"v2\"");
        assertThat(json.path("code").asString()).isEqualTo("edit_conflict");
        assertThat(json.path("instance").asString()).isEqualTo(PATH + "/fail/problem");
        assertThat(json.path("requestId").asString()).isEqualTo("my-own-request.1");
        assertThat(json.has("errors")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN,zh;q=0.9,en;q=0.8 | zh-CN | 已被他人修改",
                "zh-TW | zh-CN | 已被他人修改",
                "de, en;q=0.5 | en | Somebody else changed it",
                "en;q=0.1, zh;q=0.2 | zh-CN | 已被他人修改",
                "xx | en | Somebody else changed it",
                "!!not a header!! | en | Somebody else changed it"
            })
    void speaksTheLanguageAskedFor(String asked, String spoken, String title) {
        Answer answer = http.get(PATH + "/fail/problem", "Accept-Language", asked);
        assertThat(answer.header("Content-Language")).isEqualTo(spoken);
        assertThat(answer.json().path("title").asString()).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/nothing | 404 | path_unknown",
                "GET | /api/v1/probes/not-a-number | 404 | not_found",
                "PATCH | /api/v1/probes | 405 | method_not_allowed",
                "TRACE | /api/v1/probes | 405 | method_not_allowed",
                "GET | /api/v1/probes?step=x | 400 | parameter_wrong",
                "GET | /api/v1/probes?step=0 | 422 | fields_not_accepted",
                "GET | /api/v1/probes?limit=0 | 422 | field_out_of_range",
                "GET | /api/v1/probes?limit=201 | 422 | field_out_of_range",
                "GET | /api/v1/probes?limit=many | 400 | parameter_wrong",
                "GET | /api/v1/probes?limit=99999999999 | 400 | parameter_wrong",
                "GET | /api/v1/probes?cursor=abc | 400 | cursor_unreadable",
                "GET | /api/v1/probes?cursor=%00 | 400 | request_malformed",
                "GET | /api/v1/probes/%00 | 400 | request_malformed",
                "GET | /api/v1/probes/..%2f..%2fetc | 400 | request_malformed",
                "DELETE | /api/v1/probes/01920f5e-5b7a-7cc0-b2d4-3f6a8e1c9d70 | 400 | parameter_missing",
                "DELETE | /api/v1/probes/01920f5e-5b7a-7cc0-b2d4-3f6a8e1c9d70?colour=BLUE | 400 | parameter_wrong",
                "DELETE | /api/v1/probes/01920f5e-5b7a-7cc0-b2d4-3f6a8e1c9d70?colour=RED | 400 | header_missing",
                "PUT | /api/v1/probes/1 | 428 | version_required",
                "GET | /api/v1/probes/fail/coded | 422 | template_unknown",
                "GET | /api/v1/probes/fail/coded-internal | 500 | tokenizer_broken",
                "GET | /api/v1/probes/fail/stale | 409 | changed_meanwhile",
                "GET | /api/v1/probes/fail/taken | 409 | in_use_or_taken",
                "GET | /api/v1/probes/fail/check | 500 | unexpected",
                "GET | /api/v1/probes/fail/slow | 503 | busy",
                "GET | /api/v1/probes/fail/sql | 500 | unexpected",
                "GET | /api/v1/probes/fail/deep | 500 | unexpected"
            })
    void everyFailureHasItsCode(String method, String path, int status, String code) {
        assertProblem(http.send(method, path, ""), status, code);
    }

    @Test
    void saysWhatIsOfferedInstead() {
        Answer method = http.send("PATCH", PATH, "");
        assertThat(method.header("Allow").split(", ")).contains("GET", "POST");
        assertThat(method.json().path("detail").asString()).contains("PATCH", "GET");
        assertProblem(http.get(PATH + "/plain/text", "Accept", "application/xml"), 406, "not_acceptable");
        Answer type = http.send("POST", PATH, "<a/>", "Content-Type", "application/xml");
        assertProblem(type, 415, "media_type_unsupported");
        assertThat(type.json().path("detail").asString()).contains("application/xml", "application/json");
        assertThat(type.header("Accept")).contains("application/json");
        Answer busy = http.get(PATH + "/fail/slow");
        assertThat(busy.header("Retry-After")).isEqualTo("2");
        Answer unexpected = http.get(PATH + "/fail/sql");
        assertThat(unexpected.json().path("detail").asString()).contains(unexpected.header("X-Request-Id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | body_missing",
                "null | body_missing",
                "`{\"name\":` | json_malformed",
                "`{\"name\":\"ab\",}` | json_malformed",
                "`{\"name\":\"ab\"} {}` | json_malformed",
                "`{\"count\": NaN}` | json_malformed",
                "`{name: 1}` | json_malformed",
                "`[]` | fields_not_accepted",
                "`\"text\"` | fields_not_accepted",
                "`{\"name\":\"ab\",\"name\":\"cd\",\"count\":1}` | field_repeated"
            })
    void saysWhatIsWrongWithABodyAsSuch(String body, String code) {
        Answer answer = http.post(PATH, body);
        assertProblem(answer, code.startsWith("field") ? 422 : 400, code);
    }

    @Test
    void saysWhereJsonEnds() {
        Answer answer = http.post(PATH, "{\n  \"name\": \"ab\",\n  \"count\": oops\n}");
        assertThat(answer.json().path("detail").asString()).contains("line 3").contains("column 1");
    }

    @Test
    void namesEveryWrongFieldAtOnce() {
        Answer answer = http.post(PATH, """
                {"name": 5, "email": "nobody", "count": "three", "urgent": "yes", "colour": "BLUE", "due": "soon",
                 "parent": "x", "slug": "A B", "parts": [{"label": "far too long"}, {"lable": "a"}, 7],
                 "labels": {"a": 1}, "extra": true, "a/b~c": 1}
                """);
        assertProblem(answer, 422, "fields_not_accepted");
        Map<String, String> found = new TreeMap<>();
        answer.json()
                .path("errors")
                .forEach(e ->
                        found.put(e.path("pointer").asString(), e.path("code").asString()));
        assertThat(found)
                .containsEntry("/name", "field_wrong_type")
                .containsEntry("/email", "field_not_email")
                .containsEntry("/count", "field_wrong_type")
                .containsEntry("/urgent", "field_wrong_type")
                .containsEntry("/colour", "field_not_a_choice")
                .containsEntry("/due", "field_wrong_type")
                .containsEntry("/parent", "field_wrong_type")
                .containsEntry("/slug", "field_not_in_form")
                .containsEntry("/parts/0/label", "field_too_long")
                .containsEntry("/parts/1/lable", "field_unknown")
                .containsEntry("/parts/1/label", "field_required")
                .containsEntry("/parts/2", "field_wrong_type")
                .containsEntry("/labels/a", "field_wrong_type")
                .containsEntry("/extra", "field_unknown")
                .containsEntry("/a~1b~0c", "field_unknown");
        assertThat(answer.json().path("detail").asString()).contains(String.valueOf(found.size()));
    }

    @Test
    void refusesTextThatCannotBeKept() {
        Answer nul = http.post(PATH, "{\"name\":\"a\\u0000b\",\"count\":1,\"labels\":{\"half\":\"\\ud800\"}}");
        assertThat(nul.json().path("errors"))
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.path("code").asString()).isEqualTo("field_unstorable_text"));
        Answer key = http.post(PATH, "{\"name\":\"ab\",\"count\":1,\"labels\":{\"\\u0000\":\"x\"}}");
        assertThat(key.json().path("errors").get(0).path("pointer").asString()).isEqualTo("/labels");
        Answer latin = http.send(
                "POST",
                PATH,
                "{\"name\":\"\u00e9\u00e8\"}".getBytes(StandardCharsets.ISO_8859_1),
                "Content-Type",
                "application/json");
        assertProblem(latin, 400, "text_not_utf8");
    }

    @Test
    void aFileTooLargeForOneRequestIsToldToComeInParts() {
        String form = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.json\"\r\n\r\n"
                + "x".repeat(3 << 20) + "\r\n--part--\r\n";
        assertProblem(
                http.post(PATH + "/file", form, "Content-Type", "multipart/form-data; boundary=part"),
                413,
                "file_needs_parts");
    }

    @Test
    void survivesDepthAndSize() {
        assertProblem(http.post(PATH, "[".repeat(9_000)), 400, "json_too_deep");
        assertProblem(http.post(PATH, "{\"labels\":" + "{\"a\":".repeat(2_000)), 400, "json_too_deep");
        assertProblem(http.post(PATH, "{\"name\":\"" + "x".repeat(30_000) + "\"}"), 413, "body_too_large");
        String chunk = Integer.toHexString(30_000) + "\r\n" + "x".repeat(30_000) + "\r\n0\r\n\r\n";
        String answer = http.raw("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("body_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/probes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nBig: %BIG%\r\n\r\n",
                "GET /api/v1/probes?q=%BIG% HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/<script> HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/probes HTTP/1.1\r\nHost: two words\r\nConnection: close\r\n\r\n",
                "NONSENSE\r\n\r\n"
            })
    void whatTomcatRefusesIsAProblemToo(String request) {
        String answer = http.raw(request.replace("%BIG%", "x".repeat(70_000)));
        assertThat(answer)
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json")
                .contains("\"code\":\"");
        assertThat(answer).doesNotContain("Tomcat").doesNotContain("<html");
    }

    @Test
    void aBrokenBodyBreaksNothing() {
        String answer = http.raw("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @Test
    void aWrongRequestIdIsReplaced() {
        for (String wrong : new String[] {"short", "has space in it", "x".repeat(65), "<script>alert(1)"}) {
            assertThat(http.get(PATH, "X-Request-Id", wrong).header("X-Request-Id"))
                    .isNotEqualTo(wrong)
                    .hasSize(36);
        }
    }

    @Test
    void versionsGuardUpdates() {
        Answer read = http.get(PATH + "/1");
        assertThat(read.header("ETag")).isEqualTo("\"v3\"");
        assertThat(http.send("PUT", PATH + "/1", "", "If-Match", read.header("ETag"))
                        .header("ETag"))
                .isEqualTo("\"v4\"");
        assertThat(http.send("PUT", PATH + "/1", "", "If-Match", "*").status()).isEqualTo(200);
        assertThat(http.send("PUT", PATH + "/1", "", "If-Match", "\"v1\", \"v3\"")
                        .status())
                .isEqualTo(200);
        assertProblem(http.send("PUT", PATH + "/1", "", "If-Match", "\"v2\""), 412, "edit_conflict");
        assertProblem(http.send("PUT", PATH + "/1", "", "If-Match", "W/\"v3\""), 412, "edit_conflict");
        assertProblem(http.send("PUT", PATH + "/1", "", "If-Match", "v3"), 400, "header_wrong");
        assertProblem(
                http.send("PUT", PATH + "/1", "", "If-Match", "\"v999999999999999999999\""), 412, "edit_conflict");
    }

    @Test
    void pagesFollowOneAnother() {
        int seen = 0;
        String cursor = "";
        do {
            Answer page = http.get(PATH + "?limit=100&step=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode item : page.json().path("items")) {
                assertThat(item.asInt()).isEqualTo(++seen);
            }
            cursor = page.json().path("next").asString("");
            if (!cursor.isEmpty()) {
                assertProblem(http.get(PATH + "?step=3&cursor=" + cursor), 400, "cursor_of_other_list");
                char last = cursor.charAt(10);
                String changed = cursor.substring(0, 10) + (last == 'A' ? 'B' : 'A') + cursor.substring(11);
                assertProblem(http.get(PATH + "?step=2&cursor=" + changed), 400, "cursor_unreadable");
            }
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(250);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.body()).as("status %s", answer.status()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.body())
                .doesNotContain(
                        "Exception", "secret_table", "dev.temper.", "springframework", "tools.jackson", "at line: ")
                .doesNotContain("‹");
        ErrorCode.of(code).ifPresent(known -> assertThat(known.status()).isEqualTo(status));
    }
}
