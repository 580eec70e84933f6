package dev.temper.platform.common.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.RequestId;
import dev.temper.platform.common.Versioned;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;

/** Tells of each operation what its parameters and its method imply: paging, versions, repetition, failures. */
@Component
class OperationGround implements OperationCustomizer {
    private static final Set<String> ALWAYS = Set.of("400", "401", "403", "429", "500", "503");

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        boolean pages = takes(handler, PageQuery.class);
        boolean version = takes(handler, IfMatch.class);
        boolean post = answers(handler, RequestMethod.POST);
        if (pages) {
            add(operation, "Limit");
            add(operation, "Cursor");
        }
        if (version) {
            add(operation, "IfMatch");
        }
        if (post && !takes(handler, MultipartFile.class)) {
            add(operation, "IdempotencyKey");
        }
        add(operation, "Tenant");
        ApiResponses responses = operation.getResponses();
        if (post && handler.getReturnType().getParameterType() == ResponseEntity.class) {
            created(responses);
        }
        responses.forEach((status, response) -> describe(status, response, versioned(handler)));
        Set<String> failures = new TreeSet<>(ALWAYS);
        if (!answers(handler, RequestMethod.GET)) {
            failures.add("409");
        }
        if (pages || carries(handler, RequestBody.class)) {
            failures.add("422");
        }
        if (carries(handler, RequestBody.class)) {
            failures.addAll(List.of("413", "415"));
        }
        if (carries(handler, PathVariable.class)) {
            failures.add("404");
        }
        if (version) {
            failures.addAll(List.of("412", "428"));
        }
        failures.forEach(status -> responses.addApiResponse(
                status, new ApiResponse().$ref("#/components/responses/" + OpenApiConfiguration.PROBLEM)));
        return operation;
    }

    /** A POST that answers with an entity of its own making has made something. */
    private static void created(ApiResponses responses) {
        ApiResponse made = responses.remove("200");
        if (made != null) {
            made.setDescription("Created");
            made.addHeaderObject(HttpHeaders.LOCATION, reference("Location"));
            responses.addApiResponse("201", made);
        }
    }

    private static void describe(String status, ApiResponse response, boolean versioned) {
        if (!status.startsWith("2")) {
            return;
        }
        response.addHeaderObject(RequestId.HEADER, reference("RequestId"));
        response.addHeaderObject("RateLimit", reference("RateLimit"));
        response.addHeaderObject("RateLimit-Policy", reference("RateLimitPolicy"));
        if (versioned) {
            response.addHeaderObject(HttpHeaders.ETAG, reference("ETag"));
        }
    }

    private static Header reference(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }

    /** Two handlers may be one operation in the description, where each asks for another type of body. */
    private static void add(Operation operation, String parameter) {
        Parameter reference = new Parameter().$ref("#/components/parameters/" + parameter);
        if (operation.getParameters() == null || !operation.getParameters().contains(reference)) {
            operation.addParametersItem(reference);
        }
    }

    private static boolean versioned(HandlerMethod handler) {
        ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod());
        ResolvableType body = type.resolve() == ResponseEntity.class ? type.getGeneric(0) : type;
        return Versioned.class.isAssignableFrom(body.resolve(Object.class));
    }

    private static boolean takes(HandlerMethod handler, Class<?> type) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(p -> p.getParameterType() == type);
    }

    private static boolean carries(HandlerMethod handler, Class<? extends Annotation> annotation) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(p -> p.hasParameterAnnotation(annotation));
    }

    private static boolean answers(HandlerMethod handler, RequestMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        return mapping != null && List.of(mapping.method()).contains(method);
    }
}
