package dev.lectern.index.qdrant;

import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Evaluates the filter types that Lectern uses; all others throw, so that they are added here before they are used. */
final class FakeFilterEvaluator {
    private FakeFilterEvaluator() {}

    static Predicate<Map<String, Value>> of(
            Filter filter, Map<String, PayloadSchemaType> indexed, boolean onlyIndexed) {
        if (filter.hasMinShould()) {
            throw new UnsupportedOperationException("This kind of filter is not known to the test");
        }
        Predicate<Map<String, Value>> must = fields -> true;
        for (Condition condition : filter.getMustList()) {
            must = must.and(of(condition, indexed, onlyIndexed));
        }
        for (Condition condition : filter.getMustNotList()) {
            must = must.and(of(condition, indexed, onlyIndexed).negate());
        }
        Predicate<Map<String, Value>> should = fields -> filter.getShouldCount() == 0;
        for (Condition condition : filter.getShouldList()) {
            should = should.or(of(condition, indexed, onlyIndexed));
        }
        return must.and(should);
    }

    private static Predicate<Map<String, Value>> of(
            Condition condition, Map<String, PayloadSchemaType> indexed, boolean onlyIndexed) {
        return switch (condition.getConditionOneOfCase()) {
            case FILTER -> of(condition.getFilter(), indexed, onlyIndexed);
            case FIELD -> of(condition.getField(), indexed, onlyIndexed);
            case IS_EMPTY -> empty(condition.getIsEmpty().getKey(), indexed, onlyIndexed);
            default -> throw new UnsupportedOperationException("This kind of condition is not known to the test");
        };
    }

    private static Predicate<Map<String, Value>> of(
            FieldCondition field, Map<String, PayloadSchemaType> indexed, boolean onlyIndexed) {
        if (field.hasRange()) {
            requireIndex(field.getKey(), PayloadSchemaType.Integer, indexed, onlyIndexed);
            Range range = field.getRange();
            return number(
                    field.getKey(),
                    value -> (!range.hasLt() || value < range.getLt())
                            && (!range.hasLte() || value <= range.getLte())
                            && (!range.hasGt() || value > range.getGt())
                            && (!range.hasGte() || value >= range.getGte()));
        }
        return switch (field.getMatch().getMatchValueCase()) {
            case KEYWORD -> {
                requireIndex(field.getKey(), PayloadSchemaType.Keyword, indexed, onlyIndexed);
                yield text(field.getKey(), field.getMatch().getKeyword()::equals);
            }
            case KEYWORDS -> {
                requireIndex(field.getKey(), PayloadSchemaType.Keyword, indexed, onlyIndexed);
                yield text(
                        field.getKey(),
                        Set.copyOf(field.getMatch().getKeywords().getStringsList())::contains);
            }
            case INTEGER -> {
                requireIndex(field.getKey(), PayloadSchemaType.Integer, indexed, onlyIndexed);
                yield number(field.getKey(), value -> value == field.getMatch().getInteger());
            }
            default -> throw new UnsupportedOperationException("This kind of match is not known to the test");
        };
    }

    /** A field that is missing, null or an empty list. */
    private static Predicate<Map<String, Value>> empty(
            String key, Map<String, PayloadSchemaType> indexed, boolean onlyIndexed) {
        requireIndex(key, PayloadSchemaType.Keyword, indexed, onlyIndexed);
        return fields -> {
            Value value = fields.get(key);
            return value == null
                    || value.hasNullValue()
                    || (value.hasListValue() && value.getListValue().getValuesCount() == 0);
        };
    }

    private static void requireIndex(
            String key, PayloadSchemaType type, Map<String, PayloadSchemaType> indexed, boolean onlyIndexed) {
        if (onlyIndexed && indexed.get(key) != type) {
            throw GrpcErrorResponder.badRequest(
                    "Index required but not found for \"" + key + "\" of one of the following types: [" + type
                            + "]. Help: Create an index for this key or use a different filter.");
        }
    }

    private static Predicate<Map<String, Value>> text(String key, Predicate<String> test) {
        return fields -> {
            Value value = fields.get(key);
            return value != null
                    && (value.hasListValue() ? value.getListValue().getValuesList() : List.of(value))
                            .stream().anyMatch(one -> one.hasStringValue() && test.test(one.getStringValue()));
        };
    }

    private static Predicate<Map<String, Value>> number(String key, Predicate<Long> test) {
        return fields -> {
            Value value = fields.get(key);
            return value != null && value.hasIntegerValue() && test.test(value.getIntegerValue());
        };
    }

    /** Limits on filters themselves. */
    static void requireSize(Filter filter, StrictModeConfig strict) {
        if (strict.hasFilterMaxConditions() && conditions(filter) > strict.getFilterMaxConditions()) {
            throw GrpcErrorResponder.badRequest("Filter condition limit reached");
        }
        if (strict.hasConditionMaxSize() && largestCondition(filter) > strict.getConditionMaxSize()) {
            throw GrpcErrorResponder.badRequest("condition limit reached");
        }
    }

    /** The number of values of the condition with most of them. */
    private static long largestCondition(Filter filter) {
        return Stream.of(filter.getMustList(), filter.getMustNotList(), filter.getShouldList())
                .flatMap(List::stream)
                .mapToLong(condition -> condition.hasFilter()
                        ? largestCondition(condition.getFilter())
                        : condition.getField().getMatch().getKeywords().getStringsCount())
                .max()
                .orElse(0);
    }

    private static long conditions(Filter filter) {
        long count = 0;
        for (Condition condition : filter.getMustList()) {
            count += condition.hasFilter() ? conditions(condition.getFilter()) : 1;
        }
        for (Condition condition : filter.getMustNotList()) {
            count += condition.hasFilter() ? conditions(condition.getFilter()) : 1;
        }
        for (Condition condition : filter.getShouldList()) {
            count += condition.hasFilter() ? conditions(condition.getFilter()) : 1;
        }
        return count;
    }
}
