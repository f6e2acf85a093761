package dev.lectern.cli.client;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A problem response of the API, with its code and detail. */
public final class ApiException extends LecternException {
    private static final long serialVersionUID = 1;

    private final transient JsonNode problem;

    public ApiException(JsonNode problem) {
        super(
                code(problem.path("code").asString("")),
                problem.path("detail").asString("The server refused the request without a reason."));
        this.problem = problem;
    }

    /** The whole response. */
    public JsonNode problem() {
        return problem;
    }

    private static ErrorCode code(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
    }
}
