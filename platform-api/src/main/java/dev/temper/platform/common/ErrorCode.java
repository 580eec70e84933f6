package dev.temper.platform.common;

import static dev.temper.contract.CodedException.Category.INTERNAL;
import static dev.temper.contract.CodedException.Category.RESOURCES;
import static dev.temper.contract.CodedException.Category.USER;

import dev.temper.contract.CodedException.Category;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every failure the platform tells people and programs about. The name in lower case is the stable code; its words are
 * in {@code errors_en.properties} and {@code errors_zh_CN.properties}. A code is never renamed and never reused.
 */
public enum ErrorCode {
    // The request as such
    REQUEST_MALFORMED(400, USER),
    JSON_MALFORMED(400, USER),
    JSON_TOO_DEEP(400, USER),
    BODY_MISSING(400, USER),
    BODY_INTERRUPTED(400, USER),
    TEXT_NOT_UTF8(400, USER),
    PARAMETER_MISSING(400, USER),
    PARAMETER_WRONG(400, USER),
    HEADER_MISSING(400, USER),
    HEADER_WRONG(400, USER),
    CURSOR_UNREADABLE(400, USER),
    CURSOR_OF_OTHER_LIST(400, USER),
    NOT_FOUND(404, USER),
    PATH_UNKNOWN(404, USER),
    METHOD_NOT_ALLOWED(405, USER),
    NOT_ACCEPTABLE(406, USER),
    BODY_TOO_LARGE(413, USER),
    FILE_NEEDS_PARTS(413, USER),
    ADDRESS_TOO_LONG(414, USER),
    MEDIA_TYPE_UNSUPPORTED(415, USER),
    HEADERS_TOO_LARGE(431, USER),

    // The fields of a request
    FIELDS_NOT_ACCEPTED(422, USER),
    FIELD_REQUIRED(422, USER),
    FIELD_UNKNOWN(422, USER),
    FIELD_WRONG_TYPE(422, USER),
    FIELD_NOT_A_CHOICE(422, USER),
    FIELD_TOO_SHORT(422, USER),
    FIELD_TOO_LONG(422, USER),
    FIELD_OUT_OF_RANGE(422, USER),
    FIELD_NOT_EMAIL(422, USER),
    FIELD_NOT_IN_FORM(422, USER),
    FIELD_UNSTORABLE_TEXT(422, USER),
    FIELD_REPEATED(422, USER),

    // Who asks
    SIGN_IN_REQUIRED(401, USER),
    ACTION_NOT_ALLOWED(403, USER),
    SIGN_IN_LOCKED(429, USER),
    SECOND_STEP_REQUIRED(401, USER),
    SECOND_STEP_WRONG(422, USER),
    PASSWORD_CHANGE_REQUIRED(403, USER),
    API_KEY_NOT_ACCEPTED(401, USER),
    API_KEY_EXPIRED(401, USER),

    // Tenants, people and keys
    TENANT_REQUIRED(400, USER),
    TENANT_SUSPENDED(403, USER),
    TENANT_CLOSED(409, USER),
    TENANT_SLUG_TAKEN(409, USER),
    TENANT_HAS_OWNER(409, USER),
    TENANT_IN_USE(409, USER),
    MEMBER_LAST_OWNER(409, USER),
    MEMBER_ALREADY(409, USER),
    INVITATION_OPEN(409, USER),
    INVITATION_UNUSABLE(410, USER),
    INVITATION_FOR_OTHER(403, USER),
    EMAIL_TAKEN(409, USER),
    PASSWORD_WRONG(422, USER),
    PASSWORD_NOT_SET(409, USER),
    PASSWORD_TOO_SHORT(422, USER),
    PASSWORD_TOO_LONG(422, USER),
    PASSWORD_TOO_COMMON(422, USER),
    PASSWORD_UNCHANGED(422, USER),
    TOTP_ALREADY_ON(409, USER),
    TOTP_NOT_OFFERED(409, USER),
    TOTP_OFF(409, USER),
    SECRETS_KEY_MISSING(503, RESOURCES),
    API_KEY_SCOPE_ABOVE_ROLE(422, USER),

    // Datasets and imports
    IMPORT_OVER(409, USER),
    IMPORT_NEEDS_NO_MAPPING(409, USER),
    TOKENS_NOT_COUNTED(409, USER),
    DATASET_VERSION_UNKNOWN(422, USER),
    PREPARATION_EMPTY(422, USER),
    RECIPE_UNKNOWN(422, USER),
    RECIPE_NAME_TAKEN(409, USER),
    MODEL_ENDPOINT_NAME_TAKEN(409, USER),
    MODEL_ENDPOINT_IN_USE(409, USER),
    IMPORT_ROW_UNKNOWN(422, USER),
    IMPORT_ROW_REPAIRED(409, USER),
    IMPORT_REPAIR_UNNUMBERED(422, USER),
    DATASET_VERSION_SUPERSEDED(409, USER),
    DATASET_VERSION_IN_USE(409, USER),
    DATASET_IN_USE(409, USER),
    DATASET_ARCHIVED(409, USER),

    // Base models and what came of them
    MODEL_NAME_TAKEN(409, USER),
    MODEL_NOT_READY(409, USER),
    MODEL_WITHDRAWN(409, USER),
    MODEL_IN_USE(409, USER),
    MODEL_IMPORT_NOT_FAILED(409, USER),
    MODEL_FOLDER_NOT_ALLOWED(422, USER),
    MODEL_FILE_NOT_GGUF(422, USER),
    MODEL_SOURCE_NOT_ONE(422, USER),
    LICENCE_NOT_ACCEPTED(409, USER),

    // Tasks
    TASK_ROWS_UNFIT(422, USER),
    NOTHING_TO_LEARN(422, USER),
    MEMORY_TOO_SMALL(422, RESOURCES),
    DEVICES_TOO_SMALL(422, RESOURCES),
    DRAFT_ALREADY_STARTED(409, USER),
    PRESET_NAME_TAKEN(409, USER),
    CHECKPOINT_UNKNOWN(422, USER),
    CHECKPOINT_OF_OTHER_SETTINGS(422, USER),
    CHECKPOINT_WITHOUT_OPTIMISER(422, USER),
    CHECKPOINT_IN_USE(409, USER),
    NOTHING_LEFT_TO_TRAIN(422, USER),
    TASK_GOES_ON_ALREADY(409, USER),
    NOTHING_TRAINED_YET(409, USER),
    EXPORT_NEEDLESS(422, USER),
    EXPORT_UNDER_WAY(409, USER),
    EXPORT_THERE_ALREADY(409, USER),

    // OpenAI's dialect
    TRAINING_FILE_UNFIT(422, USER),
    FINE_TUNING_UNSUPPORTED(422, USER),

    // Stored content
    STORAGE_QUOTA_EXCEEDED(409, RESOURCES),
    DATASET_SOURCE_UNCLEAR(422, USER),
    ADDRESS_PRIVATE(422, USER),
    ADDRESS_UNAVAILABLE(422, USER),
    ADDRESS_FILE_TOO_LARGE(422, USER),
    UPLOAD_PART_SIZE(422, USER),
    UPLOAD_PART_DAMAGED(422, USER),
    UPLOAD_OTHER_FILE(409, USER),
    UPLOAD_INCOMPLETE(409, USER),
    UPLOAD_DAMAGED(422, USER),
    UPLOAD_FINISHED(409, USER),

    // Nodes, pools and quotas
    POOL_UNKNOWN(422, USER),
    POOL_NAME_TAKEN(409, USER),
    POOL_IN_USE(409, USER),
    NODE_NAME_TAKEN(409, USER),
    NODE_RETIRED(409, USER),
    QUOTA_CEILING_TOO_LOW(422, USER),
    QUOTA_OVERCOMMITTED(409, USER),
    RESERVATION_WINDOW_WRONG(422, USER),
    RESERVATION_ABOVE_POOL(409, RESOURCES),
    LEDGER_WINDOW_WRONG(400, USER),

    // Jobs
    JOB_ABOVE_NODE(422, RESOURCES),
    JOB_KIND_WITHOUT_NODE(422, RESOURCES),
    JOB_ABOVE_CEILING(422, RESOURCES),
    JOB_ABOVE_SHARE(422, RESOURCES),
    JOB_ABOVE_BUDGET(422, RESOURCES),
    JOB_BUDGET_SPENT(422, RESOURCES),
    JOB_TOO_LONG(422, RESOURCES),
    JOB_STATE_FORBIDS(409, USER),
    FENCE_STALE(409, USER),

    // Notices and webhooks
    WEBHOOK_PRIVATE(422, USER),
    WEBHOOK_HOST_UNKNOWN(422, USER),
    WEBHOOKS_TOO_MANY(409, RESOURCES),
    WEBHOOK_PAUSED(409, USER),
    MAIL_OFF(409, RESOURCES),
    MAIL_NOT_SENT(503, RESOURCES),

    // Workers
    ENROLMENT_TOKEN_NOT_ACCEPTED(401, USER),
    WORKER_NOT_ACCEPTED(401, USER),
    EVENTS_MISSING(409, USER),
    ARTEFACTS_MISSING(409, USER),
    ARTEFACT_OUT_OF_PLACE(409, USER),

    // What else is going on
    EDIT_CONFLICT(412, USER),
    VERSION_REQUIRED(428, USER),
    CHANGED_MEANWHILE(409, USER),
    IN_USE_OR_TAKEN(409, USER),
    IDEMPOTENCY_KEY_REUSED(422, USER),
    IDEMPOTENCY_IN_PROGRESS(409, USER),
    IDEMPOTENCY_ANSWER_LOST(409, USER),
    RATE_LIMITED(429, RESOURCES),
    BUSY(503, RESOURCES),
    UNEXPECTED(500, INTERNAL);

    /** Codes are explained under this path. */
    public static final String HELP_PATH = "/help/errors/";

    private final int status;
    private final Category category;

    ErrorCode(int status, Category category) {
        this.status = status;
        this.category = category;
    }

    /** The stable name for programs, as in {@code member_last_owner}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status this failure answers with. */
    public int status() {
        return status;
    }

    public Category category() {
        return category;
    }

    /** Where a person reads about it; the {@code type} of the problem. */
    public String helpPath() {
        return HELP_PATH + code();
    }

    public static Optional<ErrorCode> of(String code) {
        return Arrays.stream(values()).filter(e -> e.code().equals(code)).findFirst();
    }

    /** A failure of the request as a whole. */
    public Problem problem() {
        return new Problem(this);
    }

    /** A failure of one field, named by its JSON pointer: {@code throw EMAIL_TAKEN.at("/email").with("email", e)}. */
    public Problem at(String pointer) {
        return new Problem(this, pointer);
    }

    /** A failure of the request as a whole, with the first fact its sentence names. */
    public Problem with(String fact, Object value) {
        return problem().with(fact, value);
    }
}
