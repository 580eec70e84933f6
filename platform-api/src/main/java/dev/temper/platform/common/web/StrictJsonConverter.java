package dev.temper.platform.common.web;

import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** Reads request bodies strictly and tells all that is wrong with one at once; writes like its parent. */
final class StrictJsonConverter extends JacksonJsonHttpMessageConverter {
    private final StrictJson json;

    StrictJsonConverter(JsonMapper mapper, Validator validator) {
        super(mapper);
        this.json = new StrictJson(mapper, validator);
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage input, @Nullable Map<String, Object> hints)
            throws IOException {
        return json.read(input.getBody().readAllBytes(), getJavaType(type.getType(), null));
    }
}
