package dev.lectern.models.langchain4j;

import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.QuotaLimit;
import dev.lectern.models.langchain4j.Refusal.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Says for each refusal of one service what is wrong and what the operator has to do. */
final class RefusalTranslator {
    private final String service;
    private final ServiceSettings settings;

    RefusalTranslator(ServiceSettings settings) {
        this.service = settings.title();
        this.settings = settings;
    }

    /** @param model as in the configuration */
    ModelCallException translate(Refusal refusal, String model, Instant now, @Nullable Throwable failure) {
        int status = refusal.status();
        QuotaLimit quota = refusal.quota();
        if (status < 400) {
            return failed(
                    Reason.REDIRECTED,
                    " redirects to another address (status " + status + ").",
                    "A redirect is not followed, since the API key would be sent there. Set " + url()
                            + " to the final address.",
                    failure);
        }
        if (quota != null || status == Refusal.TOO_MANY_REQUESTS) {
            return ofQuota(status, quota, now, failure);
        }
        if (refusal.cause() != Cause.UNKNOWN) {
            return ofCause(refusal, model, failure);
        }
        if (status == 408 || status >= 500) {
            return failed(
                    Reason.SERVICE_FAILED,
                    " is unavailable (status " + status + ").",
                    "Check the state and the log of the service at " + url() + ".",
                    failure);
        }
        return failed(
                Reason.REQUEST_REJECTED,
                " rejected the request (status " + status + ").",
                "Check the name and the settings of the model, " + url() + ", and the log of the service.",
                failure);
    }

    private ModelCallException ofQuota(
            int status, @Nullable QuotaLimit quota, Instant now, @Nullable Throwable failure) {
        QuotaLimit.Kind kind = quota == null ? QuotaLimit.Kind.UNKNOWN : quota.kind();
        Duration wait = quota == null || !kind.isPassing() ? null : quota.waitFrom(now).orElse(null);
        String until = wait == null || quota == null
                ? ""
                : ", until " + quota.notBefore().plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        Reason reason = kind.isPassing()
                ? kind == QuotaLimit.Kind.CAPACITY ? Reason.SERVICE_FAILED : Reason.RATE_LIMITED
                : Reason.NO_QUOTA;
        return new ModelCallException(
                reason,
                service + " refuses calls: " + kind.condition() + " (status " + status + ")" + until + ".",
                remedy(kind),
                wait,
                quota,
                failure);
    }

    private String remedy(QuotaLimit.Kind kind) {
        return switch (kind) {
            case NONE ->
                "Enable billing for the project of " + settings.variable("API_KEY")
                        + ", or choose a model for which it has a quota.";
            case CREDIT -> "Add credit at the service, or set " + settings.variable("API_KEY") + " to a key of another account.";
            case SPEND -> "Raise the limit of costs at the service, or add a second model to LECTERN_CHAT_MODEL.";
            case CAPACITY -> "Wait, or add a second model to LECTERN_CHAT_MODEL.";
            case REQUESTS, TOKENS, DAY, UNKNOWN ->
                "Raise the quota of the service, lower LECTERN_MODELS_CONCURRENT_CALLS, or add a second model to"
                        + " LECTERN_CHAT_MODEL.";
        };
    }

    private ModelCallException ofCause(Refusal refusal, String model, @Nullable Throwable failure) {
        String status = " (status " + refusal.status() + ").";
        return switch (refusal.cause()) {
            case KEY ->
                failed(
                        Reason.KEY_REJECTED,
                        " rejected the API key" + status,
                        "Check " + settings.variable("API_KEY") + ".",
                        failure);
            case MODEL_UNKNOWN ->
                failed(
                        Reason.MODEL_NOT_FOUND,
                        " has no model \"" + model + "\"" + status,
                        "Check its name and " + url() + ".",
                        failure);
            case MODEL_ENDED ->
                failed(
                        Reason.MODEL_ENDED,
                        " no longer offers the model \"" + model + "\"" + status,
                        "Choose a model that the service offers now.",
                        failure);
            case ADDRESS ->
                failed(
                        Reason.ADDRESS_NOT_FOUND,
                        " has nothing at this address" + status,
                        "Check that " + url() + " is the base URL of the service, with its version, such as /v1, and"
                                + " nothing behind it.",
                        failure);
            case CONTEXT ->
                failed(
                        Reason.CONTEXT_EXCEEDED,
                        " rejected a prompt that is longer than the context of the model" + status,
                        "Set " + context() + " to what the model can read, or raise the context of the service.",
                        failure);
            case PARAMETER ->
                failed(
                        Reason.UNSUPPORTED_PARAMETER,
                        " rejected a parameter that the model does not support" + named(refusal) + status,
                        "Change the setting of this parameter, or choose another model.",
                        failure);
            case UNKNOWN -> throw new IllegalArgumentException("No cause");
        };
    }

    /** The text of a service is shown only if it looks like the name of a parameter. */
    private static String named(Refusal refusal) {
        String parameter = refusal.parameter();
        return parameter != null && parameter.matches("[A-Za-z][A-Za-z0-9_.]{0,40}") ? ": " + parameter : "";
    }

    private String url() {
        return settings.variable("BASE_URL");
    }

    /** The services that are always there have a limit of the prompt. */
    private String context() {
        return settings.variable(settings.isNamed() ? "CONTEXT_TOKENS" : "MAX_INPUT_TOKENS");
    }

    private ModelCallException failed(Reason reason, String condition, String remedy, @Nullable Throwable failure) {
        return new ModelCallException(reason, service + condition, remedy, null, failure);
    }
}
