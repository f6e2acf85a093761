package dev.lectern.http.web;

import dev.lectern.shared.LecternException.FieldError;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Describes errors in a JSON body: the position or field and what is expected there, never the content. */
final class JsonErrorDescriber {
    private static final String SHAPE = "The body must be a JSON object. The API reference is at /docs.";
    /** How Jackson begins to tell of a field that is given twice. */
    private static final String DUPLICATE = "Duplicate Object property";

    private JsonErrorDescriber() {}

    static String detail(HttpMessageNotReadableException e) {
        Optional<FieldError> field = fields(e).stream().findFirst();
        if (field.isPresent()) {
            return "The field `" + field.get().field() + "` " + field.get().message();
        }
        return switch (e.getCause()) {
            case MismatchedInputException trailing
            when trailing.getOriginalMessage().startsWith("Trailing token") ->
                "The body has more than one JSON value. Send one JSON object.";
            case MismatchedInputException shape -> SHAPE;
            case JacksonException syntax
            when syntax.getLocation() != null ->
                (syntax.getOriginalMessage().startsWith(DUPLICATE)
                                ? "The body has a field twice: see line "
                                : "The body is not valid JSON: error at line ")
                        + syntax.getLocation().getLineNr() + ", column "
                        + syntax.getLocation().getColumnNr() + ".";
            case null, default -> "The body is missing or is not valid JSON.";
        };
    }

    /** What is wrong with a parameter that is a JSON object: the parameter or the field in it, and a sentence. */
    static FieldError describe(String parameter, JacksonException e) {
        Optional<FieldError> field = field(e);
        if (field.isPresent()) {
            String name = parameter + "." + field.get().field();
            return new FieldError(
                    name, "The field `" + name + "` " + field.get().message());
        }
        return new FieldError(
                parameter,
                "The parameter `" + parameter
                        + "` is not one valid JSON object. Send JSON with its characters encoded for a URL. The API reference is at /docs.");
    }

    /** The field of a wrong value; empty when the body as a whole is wrong. */
    static List<FieldError> fields(HttpMessageNotReadableException e) {
        return e.getCause() instanceof JacksonException mismatch
                ? field(mismatch).stream().toList()
                : List.of();
    }

    private static Optional<FieldError> field(JacksonException mismatch) {
        return (mismatch instanceof DatabindException || mismatch instanceof InputCoercionException)
                        && !mismatch.getPath().isEmpty()
                ? Optional.of(new FieldError(path(mismatch), message(mismatch)))
                : Optional.empty();
    }

    private static String message(JacksonException mismatch) {
        return switch (mismatch) {
            case UnrecognizedPropertyException unknown ->
                "is unknown. " + known(unknown.getKnownPropertyIds()) + " The API reference is at /docs.";
            case InvalidNullException absent -> "must not be null. Leave it out or give a value.";
            case MismatchedInputException type -> "must be " + expected(type.getTargetType()) + ".";
            case InputCoercionException number -> "must be " + expected(number.getTargetType()) + ".";
            default ->
                mismatch.getOriginalMessage().startsWith(DUPLICATE)
                        ? "is given twice. Send it once."
                        : "has a value that cannot be read. The API reference is at /docs.";
        };
    }

    private static String known(@Nullable Collection<Object> names) {
        return names == null || names.isEmpty()
                ? "Remove it."
                : "Remove it, or use one of "
                        + names.stream().map(name -> "`" + name + "`").sorted().collect(Collectors.joining(", ")) + ".";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == BigDecimal.class || type == Double.class || type == double.class) {
            return "a number";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a whole number of moderate size";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String path(JacksonException mismatch) {
        return mismatch.getPath().stream()
                .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
