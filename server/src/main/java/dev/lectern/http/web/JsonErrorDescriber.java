package dev.lectern.http.web;

import dev.lectern.shared.LecternException.FieldError;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Describes errors in a JSON body: the position or field, never the content. */
final class JsonErrorDescriber {
    private JsonErrorDescriber() {}

    static String detail(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case DatabindException mismatch
            when !mismatch.getPath().isEmpty() ->
                "The field `" + path(mismatch) + "` has the wrong type or is unknown.";
            case MismatchedInputException shape -> "The body must be a JSON object. The API reference is at /docs.";
            case JacksonException syntax
            when syntax.getLocation() != null ->
                "The body is not valid JSON: error at line "
                        + syntax.getLocation().getLineNr() + ", column "
                        + syntax.getLocation().getColumnNr() + ".";
            case null, default -> "The body is missing or is not valid JSON.";
        };
    }

    static List<FieldError> fields(HttpMessageNotReadableException e) {
        return e.getCause() instanceof DatabindException mismatch
                        && !mismatch.getPath().isEmpty()
                ? List.of(new FieldError(path(mismatch), "has the wrong type or is unknown"))
                : List.of();
    }

    private static String path(DatabindException mismatch) {
        return mismatch.getPath().stream()
                .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
