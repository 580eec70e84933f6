package dev.temper.platform.contract;

import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request that should be granted, as an operation's example.
 *
 * @param as the headers that say who asks
 * @param path values for the places in the operation's path
 * @param query values for its query
 * @param body the JSON it sends; empty for none
 * @param version what it says as If-Match; empty for nothing
 */
record Call(Map<String, String> as, Map<String, String> path, Map<String, String> query, String body, String version) {
    static Call as(Map<String, String> who) {
        return new Call(who, Map.of(), Map.of(), "", "");
    }

    Call at(String place, Object value) {
        Map<String, String> places = new LinkedHashMap<>(path);
        places.put(place, value.toString());
        return new Call(as, places, query, body, version);
    }

    Call asking(String parameter, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(query);
        parameters.put(parameter, value);
        return new Call(as, path, parameters, body, version);
    }

    Call sending(String json) {
        return new Call(as, path, query, json, version);
    }

    /** A form with one file. */
    Call sendingFile(String name, String content) {
        Map<String, String> headers = new LinkedHashMap<>(as);
        headers.put("Content-Type", "multipart/form-data; boundary=part");
        return new Call(headers, path, query, """
                --part\r
                Content-Disposition: form-data; name="file"; filename="%s"\r
                Content-Type: application/octet-stream\r
                \r
                %s\r
                --part--\r
                """.formatted(name, content), version);
    }

    /** Bytes as they are. */
    Call sendingBytes(String content) {
        Map<String, String> headers = new LinkedHashMap<>(as);
        headers.put("Content-Type", "application/octet-stream");
        return new Call(headers, path, query, content, version);
    }

    Call of(long versionNow) {
        return new Call(as, path, query, body, "\"v" + versionNow + "\"");
    }

    Call ifMatch(String header) {
        return new Call(as, path, query, body, header);
    }

    Call asNobody() {
        return new Call(Map.of(), path, query, body, version);
    }

    Answer send(Http http, String method, String template, String... moreHeaders) {
        return send(http, method, template, body.getBytes(StandardCharsets.UTF_8), moreHeaders);
    }

    Answer send(Http http, String method, String template, byte[] bytes, String... moreHeaders) {
        Map<String, String> headers = new LinkedHashMap<>(as);
        if (bytes.length > 0) {
            headers.putIfAbsent("Content-Type", "application/json");
        }
        if (!version.isEmpty()) {
            headers.put("If-Match", version);
        }
        for (int i = 0; i < moreHeaders.length; i += 2) {
            headers.put(moreHeaders[i], moreHeaders[i + 1]);
        }
        List<String> flat = new ArrayList<>();
        headers.forEach((name, value) -> flat.addAll(List.of(name, value)));
        return http.send(method, address(template), bytes, flat.toArray(String[]::new));
    }

    private String address(String template) {
        String address = template;
        for (Map.Entry<String, String> place : path.entrySet()) {
            address = address.replace("{" + place.getKey() + "}", place.getValue());
        }
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return pairs.isEmpty() ? address : address + "?" + String.join("&", pairs);
    }
}
