package dev.temper.platform.common.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * What anything that is thrown while a request is handled means to the one who sent it. Nothing of an exception's own
 * text reaches the answer: it may hold SQL, class names or values.
 */
final class Failures {
    private static final Duration SOON = Duration.ofSeconds(2);

    private Failures() {}

    static Problem of(Throwable thrown, HttpServletRequest request) {
        return switch (thrown) {
            case Problem problem -> problem;
            case HttpMessageNotReadableException unread -> unreadable(unread);
            case MethodArgumentNotValidException invalid -> fields(bound(invalid));
            case HandlerMethodValidationException invalid -> fields(parameters(invalid));
            case ConstraintViolationException invalid -> fields(Violations.all(invalid.getConstraintViolations()));
            case MissingServletRequestParameterException missing ->
                ErrorCode.PARAMETER_MISSING
                        .at(missing.getParameterName())
                        .with("parameter", missing.getParameterName());
            case MissingRequestHeaderException missing -> headerMissing(missing.getHeaderName());
            case MethodArgumentTypeMismatchException wrong -> mismatch(wrong);
            case NoResourceFoundException _, NoHandlerFoundException _ -> ErrorCode.PATH_UNKNOWN.problem();
            case HttpRequestMethodNotSupportedException wrong ->
                ErrorCode.METHOD_NOT_ALLOWED
                        .with("method", wrong.getMethod())
                        .with(
                                "allowed",
                                List.of(Objects.requireNonNullElse(wrong.getSupportedMethods(), new String[0])));
            case HttpMediaTypeNotSupportedException wrong ->
                ErrorCode.MEDIA_TYPE_UNSUPPORTED
                        .with("offered", types(wrong.getSupportedMediaTypes()))
                        .with("sent", Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "—"));
            case HttpMediaTypeNotAcceptableException wrong ->
                ErrorCode.NOT_ACCEPTABLE.with("offered", types(wrong.getSupportedMediaTypes()));
            case MaxUploadSizeExceededException _ -> ErrorCode.FILE_NEEDS_PARTS.problem();
            case MultipartException _ -> ErrorCode.REQUEST_MALFORMED.problem().because(thrown);
            case OptimisticLockingFailureException _ -> ErrorCode.CHANGED_MEANWHILE.problem();
            case DataIntegrityViolationException broken -> integrity(broken);
            case CannotAcquireLockException _, PessimisticLockingFailureException _, QueryTimeoutException _ ->
                busy(thrown);
            case DataAccessResourceFailureException _, CannotCreateTransactionException _ -> busy(thrown);
            case AsyncRequestTimeoutException _ -> busy(thrown);
            case RequestRejectedException _ -> ErrorCode.REQUEST_MALFORMED.problem();
            case ClientAbortException _ -> ErrorCode.BODY_INTERRUPTED.problem();
            case BadRequestException _ -> ErrorCode.REQUEST_MALFORMED.problem();
            case ErrorResponse answer ->
                ofStatus(answer.getStatusCode().value()).because(thrown);
            default -> ErrorCode.UNEXPECTED.problem().because(thrown);
        };
    }

    /** The problem a bare status stands for, where nothing more is known. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> ErrorCode.REQUEST_MALFORMED.problem();
            case 401 -> ErrorCode.SIGN_IN_REQUIRED.problem();
            case 403 -> ErrorCode.ACTION_NOT_ALLOWED.problem();
            case 404 -> ErrorCode.PATH_UNKNOWN.problem();
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED.with("method", "—").with("allowed", "GET");
            case 406 -> ErrorCode.NOT_ACCEPTABLE.with("offered", MediaType.APPLICATION_JSON_VALUE);
            case 413 -> ErrorCode.BODY_TOO_LARGE.with("limit", "—");
            case 414 -> ErrorCode.ADDRESS_TOO_LONG.problem();
            case 415 ->
                ErrorCode.MEDIA_TYPE_UNSUPPORTED
                        .with("offered", MediaType.APPLICATION_JSON_VALUE)
                        .with("sent", "—");
            case 431 -> ErrorCode.HEADERS_TOO_LARGE.problem();
            case 503 -> ErrorCode.BUSY.problem().retryAfter(SOON);
            default -> status < 500 ? ErrorCode.REQUEST_MALFORMED.problem() : ErrorCode.UNEXPECTED.problem();
        };
    }

    static Problem headerMissing(String header) {
        return ErrorCode.HEADER_MISSING.at(header).with("header", header);
    }

    private static Problem busy(Throwable thrown) {
        return ErrorCode.BUSY.problem().retryAfter(SOON).because(thrown);
    }

    private static Problem unreadable(HttpMessageNotReadableException unread) {
        return unread.getCause() instanceof IOException
                ? ErrorCode.BODY_INTERRUPTED.problem().because(unread)
                : ErrorCode.BODY_MISSING.problem().because(unread);
    }

    /** Names already taken and things still in use are the user's; every other broken rule is a check we forgot. */
    private static Problem integrity(DataIntegrityViolationException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && (Objects.equals(sql.getSQLState(), "23505") || Objects.equals(sql.getSQLState(), "23503"))) {
                return ErrorCode.IN_USE_OR_TAKEN.problem().because(broken);
            }
        }
        return ErrorCode.UNEXPECTED.problem().because(broken);
    }

    private static Problem mismatch(MethodArgumentTypeMismatchException wrong) {
        MethodParameter parameter = wrong.getParameter();
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            // What has no such id can't be found, whatever form the id has.
            return ErrorCode.NOT_FOUND.problem();
        }
        if (parameter.hasParameterAnnotation(RequestHeader.class)) {
            return ErrorCode.HEADER_WRONG
                    .at(wrong.getName())
                    .with("header", wrong.getName())
                    .with("example", Types.word(wrong.getRequiredType()));
        }
        List<String> choices = Types.choices(wrong.getRequiredType());
        Object expected = choices.isEmpty() ? Types.word(wrong.getRequiredType()) : choices;
        return ErrorCode.PARAMETER_WRONG
                .at(wrong.getName())
                .with("parameter", wrong.getName())
                .with("expected", expected);
    }

    private static Problem fields(List<Fault> faults) {
        return Problem.ofFields(faults);
    }

    private static List<Fault> bound(MethodArgumentNotValidException invalid) {
        boolean inBody = invalid.getParameter().hasParameterAnnotation(RequestBody.class);
        List<Fault> faults = new ArrayList<>();
        for (ObjectError error : invalid.getAllErrors()) {
            String path = error instanceof FieldError field ? field.getField() : "";
            Class<?> type = invalid.getBindingResult().getFieldType(path);
            faults.add(fault(inBody ? Violations.pointer(path) : path, type, error));
        }
        return faults;
    }

    private static List<Fault> parameters(HandlerMethodValidationException invalid) {
        List<Fault> faults = new ArrayList<>();
        for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
            String name = Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "?");
            result.getResolvableErrors().forEach(error -> {
                ConstraintViolation<?> violation = violation(result, error);
                faults.add(
                        violation == null
                                ? Fault.of(name, ErrorCode.FIELD_NOT_IN_FORM)
                                : Violations.fault(name, violation));
            });
        }
        return faults;
    }

    private static @Nullable ConstraintViolation<?> violation(
            ParameterValidationResult result, MessageSourceResolvable error) {
        return result.unwrap(error, ConstraintViolation.class);
    }

    private static Fault fault(String pointer, @Nullable Class<?> type, ObjectError error) {
        return error.contains(ConstraintViolation.class)
                ? Violations.fault(pointer, error.unwrap(ConstraintViolation.class))
                : new Fault(pointer, ErrorCode.FIELD_WRONG_TYPE, Map.of("expected", Types.word(type)));
    }

    private static String types(List<MediaType> types) {
        return types.isEmpty() ? MediaType.APPLICATION_JSON_VALUE : MediaType.toString(types);
    }
}
