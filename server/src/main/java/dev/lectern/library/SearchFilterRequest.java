package dev.lectern.library;

import dev.lectern.library.SearchFilter.AnyOf;
import dev.lectern.library.SearchFilter.Condition;
import dev.lectern.library.SearchFilter.Range;
import dev.lectern.library.SearchFilter.Unit;
import dev.lectern.shared.LecternException;
import dev.lectern.text.VisibleText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are searched.
 *
 * @param all required, at most {@value SearchFilter#MAX_CONDITIONS} conditions, which must all hold
 */
public record SearchFilterRequest(@Nullable List<@Nullable ConditionRequest> all) {
    private static final int MAX_VALUE = 1_000;
    private static final Set<String> TEXTS = Set.of("tags", "title", "uri", "media_type", "language");
    private static final Set<String> DATES = Set.of("created", "modified");
    private static final String FIELDS = "Use tags, title, uri, media_type, language, created, modified, or metadata."
            + " and the key of a document, such as metadata.author. GET /api/v1/collections/{id}/fields lists the fields of"
            + " a collection.";

    /**
     * A condition: either {@code equals}, or {@code anyOf}, or one or both of {@code from} and {@code to}.
     *
     * @param field required: tags, title, uri, media_type, language, created, modified or metadata.KEY, such as {@code metadata.author}
     * @param equals a text or a number; upper and lower case are the same
     * @param anyOf 1 to {@value SearchFilter#MAX_VALUES} texts or numbers
     * @param from inclusive: a date as 2025-01-31, a time as 2025-01-31T12:00:00Z, or a number
     * @param to inclusive, of the same kind as {@code from}
     */
    public record ConditionRequest(
            @Nullable String field,
            @Nullable Object equals,
            @Nullable List<@Nullable Object> anyOf,
            @Nullable Object from,
            @Nullable Object to) {}

    /**
     * The filter of a request; {@link SearchFilter#NONE} when it has none.
     *
     * @throws LecternException INVALID_REQUEST, which names the condition and says what is possible
     */
    public static SearchFilter parse(@Nullable SearchFilterRequest request) {
        if (request == null) {
            return SearchFilter.NONE;
        }
        if (request.all() == null) {
            throw LecternException.invalid(
                    "filter.all", "The filter has no `all`. Send its conditions in `all`, or leave out the filter.");
        }
        List<@Nullable ConditionRequest> all = request.all();
        if (all.size() > SearchFilter.MAX_CONDITIONS) {
            throw LecternException.invalid(
                    "filter.all",
                    "The filter has %d conditions. Send at most %d."
                            .formatted(all.size(), SearchFilter.MAX_CONDITIONS));
        }
        List<Condition> conditions = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            conditions.add(condition("filter.all[" + i + "]", all.get(i)));
        }
        return new SearchFilter(conditions);
    }

    private static Condition condition(String at, @Nullable ConditionRequest request) {
        if (request == null) {
            throw LecternException.invalid(at, "The condition `" + at + "` is null. Leave it out.");
        }
        String field = field(at, request.field());
        int kinds = (request.equals() == null ? 0 : 1)
                + (request.anyOf() == null ? 0 : 1)
                + (request.from() == null && request.to() == null ? 0 : 1);
        if (kinds != 1) {
            throw LecternException.invalid(
                    at,
                    "The condition `" + at + "` has " + (kinds == 0 ? "no value" : "values of several kinds")
                            + ". Send either `equals`, or `anyOf`, or `from` and `to`.");
        }
        if (request.equals() != null) {
            return anyOf(field, List.of(text(at + ".equals", request.equals())));
        }
        return request.anyOf() == null
                ? range(at, field, request.from(), request.to())
                : anyOf(field, texts(at + ".anyOf", request.anyOf()));
    }

    private static String field(String at, @Nullable String name) {
        String field = name == null ? "" : VisibleText.toName(name).toLowerCase(Locale.ROOT);
        boolean metadata = field.startsWith(SearchFilter.METADATA)
                && field.length() > SearchFilter.METADATA.length()
                && field.length() <= MAX_VALUE;
        if (!metadata && !TEXTS.contains(field) && !DATES.contains(field)) {
            throw LecternException.invalid(
                    at + ".field",
                    (field.isEmpty()
                                    ? "The condition `" + at + "` has no `field`. "
                                    : "There is no field `" + shortened(field) + "` to filter by. ")
                            + FIELDS);
        }
        return field;
    }

    private static List<String> texts(String at, List<@Nullable Object> values) {
        if (values.isEmpty() || values.size() > SearchFilter.MAX_VALUES) {
            throw LecternException.invalid(
                    at, "`%s` has %d values. Send 1 to %d.".formatted(at, values.size(), SearchFilter.MAX_VALUES));
        }
        List<String> texts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            texts.add(text(at + "[" + i + "]", values.get(i)));
        }
        return texts;
    }

    private static String text(String at, @Nullable Object value) {
        String text = switch (value) {
            case String string -> string;
            case BigDecimal number -> number.toPlainString();
            case Double number -> new BigDecimal(number.toString()).toPlainString();
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case null, default ->
                throw LecternException.invalid(at, "`" + at + "` is no single value. Send a text or a number.");
        };
        if (text.length() > MAX_VALUE || VisibleText.isBlank(text)) {
            throw LecternException.invalid(
                    at, "`%s` has %,d characters. Send 1 to %,d.".formatted(at, text.length(), MAX_VALUE));
        }
        return text;
    }

    private static Condition anyOf(String field, List<String> texts) {
        Set<String> folded = new HashSet<>();
        Set<Long> days = new HashSet<>();
        Set<Long> amounts = new HashSet<>();
        for (String text : texts) {
            FieldValue value = FieldValue.of(text);
            folded.add(value.folded());
            if (TEXTS.contains(field)) {
                continue;
            }
            if (value.day() != null && FieldValue.isDate(text)) {
                days.add(value.day());
            }
            if (value.amount() != null) {
                amounts.add(value.amount());
            }
        }
        return new AnyOf(field, folded, days, amounts);
    }

    private static Condition range(String at, String field, @Nullable Object from, @Nullable Object to) {
        if (TEXTS.contains(field)) {
            throw LecternException.invalid(
                    at,
                    "The field `" + field + "` has no order, so `from` and `to` are not possible. Send `equals` or"
                            + " `anyOf`.");
        }
        Bound first = from == null ? null : bound(at + ".from", field, text(at + ".from", from));
        Bound last = to == null ? null : bound(at + ".to", field, text(at + ".to", to));
        Unit unit = unit(at, first, last);
        long lower = first == null ? Long.MIN_VALUE : first.value(unit, false);
        long upper = last == null ? Long.MAX_VALUE : last.value(unit, true);
        if (lower > upper) {
            throw LecternException.invalid(
                    at, "The `from` of the condition `" + at + "` is after its `to`. Exchange them.");
        }
        return new Range(field, unit, lower, upper);
    }

    /** One end of a range. */
    private record Bound(FieldValue value, Unit unit) {
        private static final long DAY_MILLIS = 86_400_000;

        long value(Unit wanted, boolean end) {
            return switch (wanted) {
                case DAY -> Objects.requireNonNull(value.day());
                case AMOUNT -> Objects.requireNonNull(value.amount());
                // Beside a time, a date is the whole day.
                case INSTANT ->
                    Objects.requireNonNull(value.instant()) + (end && unit == Unit.DAY ? DAY_MILLIS - 1 : 0);
            };
        }
    }

    private static Bound bound(String at, String field, String text) {
        FieldValue value = FieldValue.of(text);
        if (value.day() != null) {
            return new Bound(value, FieldValue.isDate(text) ? Unit.DAY : Unit.INSTANT);
        }
        if (value.amount() != null && !DATES.contains(field)) {
            return new Bound(value, Unit.AMOUNT);
        }
        throw LecternException.invalid(
                at,
                "`" + at + "` is " + shortened(text) + ". Send a date as 2025-01-31, a time as 2025-01-31T12:00:00Z"
                        + (DATES.contains(field) ? "." : ", or a number."));
    }

    private static Unit unit(String at, @Nullable Bound first, @Nullable Bound last) {
        Unit one = first == null ? null : first.unit();
        Unit other = last == null ? null : last.unit();
        if (one != null && other != null && (one == Unit.AMOUNT) != (other == Unit.AMOUNT)) {
            throw LecternException.invalid(
                    at, "The condition `" + at + "` is between a number and a date. Send two numbers or two dates.");
        }
        if (one == Unit.INSTANT || other == Unit.INSTANT) {
            return Unit.INSTANT;
        }
        return Objects.requireNonNull(one == null ? other : one);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
