package dev.lectern.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.library.SearchFilter.AnyOf;
import dev.lectern.library.SearchFilter.Range;
import dev.lectern.library.SearchFilter.Unit;
import dev.lectern.library.SearchFilterRequest.ConditionRequest;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SearchFilterRequestTest {
    private static SearchFilter.Condition parse(ConditionRequest condition) {
        return SearchFilterRequest.parse(new SearchFilterRequest(List.of(condition)))
                .all()
                .getFirst();
    }

    private static ConditionRequest equal(String field, Object value) {
        return new ConditionRequest(field, value, null, null, null);
    }

    private static ConditionRequest range(String field, @Nullable Object from, @Nullable Object to) {
        return new ConditionRequest(field, null, null, from, to);
    }

    private static void refuses(ConditionRequest condition, String field, String part) {
        assertThatThrownBy(() -> parse(condition)).isInstanceOfSatisfying(LecternException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(e.fields()).singleElement().satisfies(error -> assertThat(error.field())
                    .isEqualTo(field));
            assertThat(e.getMessage()).contains(part);
        });
    }

    @Test
    void parse_nothing_isNoFilter() {
        assertThat(SearchFilterRequest.parse(null).isEmpty()).isTrue();
        assertThat(SearchFilterRequest.parse(new SearchFilterRequest(List.of())).isEmpty())
                .isTrue();
    }

    @Test
    void parse_values_areFolded() {
        assertThat(parse(equal(" Tags ", "  Ｖertrag \u200bA ")))
                .isEqualTo(new AnyOf("tags", Set.of("vertrag a"), Set.of(), Set.of()));
        assertThat(parse(new ConditionRequest("metadata.Jahr", null, List.of(2025, "2025-01-31", true), null, null)))
                .isEqualTo(new AnyOf(
                        "metadata.jahr",
                        Set.of("2025", "2025-01-31", "true"),
                        Set.of(20_119L),
                        Set.of(FieldValue.toAmount(2025))));
    }

    @Test
    void parse_ranges_haveOneUnit() {
        assertThat(parse(range("created", "1970-01-02", null)))
                .isEqualTo(new Range("created", Unit.DAY, 1, Long.MAX_VALUE));
        assertThat(parse(range("metadata.sent", "1970-01-01T00:00:01+00:00", "1970-01-02")))
                .as("beside a time, a date is the whole day")
                .isEqualTo(new Range("metadata.sent", Unit.INSTANT, 1_000, 2 * 86_400_000L - 1));
        assertThat(parse(range("metadata.price", -1.5, 3)))
                .isEqualTo(new Range(
                        "metadata.price", Unit.AMOUNT, FieldValue.toAmount(-1.5), FieldValue.toAmount(3)));
    }

    @Test
    void parse_badConditions_sayWhatIsPossible() {
        refuses(equal("colour", "red"), "filter.all[0].field", "There is no field `colour` to filter by. Use tags,");
        refuses(equal("metadata.", "red"), "filter.all[0].field", "metadata.author");
        refuses(new ConditionRequest(null, "x", null, null, null), "filter.all[0].field", "has no `field`");
        refuses(new ConditionRequest("tags", null, null, null, null), "filter.all[0]", "has no value");
        refuses(new ConditionRequest("tags", "a", List.of("b"), null, null), "filter.all[0]", "several kinds");
        refuses(range("tags", "a", "b"), "filter.all[0]", "has no order");
        refuses(range("created", "yesterday", null), "filter.all[0].from", "is yesterday. Send a date as 2025-01-31");
        refuses(range("created", 5, null), "filter.all[0].from", "Send a date");
        refuses(range("metadata.x", "2025-02-30", null), "filter.all[0].from", "or a number");
        refuses(range("metadata.x", 5, "2025-01-01"), "filter.all[0]", "between a number and a date");
        refuses(range("created", "2025-02-01", "2025-01-01"), "filter.all[0]", "is after its `to`");
        refuses(equal("tags", List.of("a")), "filter.all[0].equals", "no single value");
        refuses(equal("tags", "\u200b"), "filter.all[0].equals", "Send 1 to 1,000");
        refuses(equal("tags", "x".repeat(1_001)), "filter.all[0].equals", "1,001");
        refuses(
                new ConditionRequest("tags", null, Collections.nCopies(51, (Object) "x"), null, null),
                "filter.all[0].anyOf",
                "51 values. Send 1 to 50");
        refuses(new ConditionRequest("tags", null, List.of(), null, null), "filter.all[0].anyOf", "0 values");
        assertThatThrownBy(() -> SearchFilterRequest.parse(
                        new SearchFilterRequest(Collections.nCopies(11, equal("tags", "x")))))
                .hasMessageContaining("11 conditions. Send at most 10");
        assertThatThrownBy(() -> SearchFilterRequest.parse(new SearchFilterRequest(null)))
                .hasMessageContaining("no `all`");
    }

    @Test
    void cacheKey_differs_whereTheFilterDoes() {
        List<SearchFilter.Condition> conditions = List.of(
                new AnyOf("tags", Set.of("a", "b"), Set.of(), Set.of()),
                new AnyOf("tags", Set.of("a, b"), Set.of(), Set.of()),
                new AnyOf("tags", Set.of("a"), Set.of(), Set.of()),
                new AnyOf("tags", Set.of("a"), Set.of(1L), Set.of()),
                new AnyOf("tags", Set.of("a"), Set.of(), Set.of(1L)),
                new Range("created", Unit.DAY, 1, 2),
                new Range("created", Unit.INSTANT, 1, 2));
        assertThat(conditions.stream().map(one -> new SearchFilter(List.of(one)).cacheKey()))
                .doesNotHaveDuplicates();
        assertThat(new SearchFilter(List.of(conditions.get(2), conditions.get(5))).cacheKey())
                .isNotEqualTo(new SearchFilter(List.of(conditions.get(2))).cacheKey());
    }

    @Test
    void value_datesAndNumbers_areRecognised() {
        assertThat(FieldValue.of("2025-12-31T23:30:00-05:00").day())
                .as("the day at its own place")
                .isEqualTo(20_453);
        assertThat(FieldValue.of("2025-12-31T23:30:00-05:00").instant())
                .isEqualTo(FieldValue.of("2026-01-01T04:30:00Z").instant());
        assertThat(FieldValue.of("2025-12-31 10:00").day()).isEqualTo(20_453);
        for (String none : List.of("2025-13-01", "31.12.2025", "2025", "1e5", "12a", "", "2025-12-31x", "9".repeat(50))) {
            assertThat(FieldValue.of(none).day()).as(none).isNull();
        }
        assertThat(FieldValue.of("1e5").amount()).isNull();
        assertThat(List.of(-10.0, -1.5, -0.5, 0.0, 0.5, 2.0, 1e12).stream().map(FieldValue::toAmount))
                .isSorted();
        assertThat(FieldValue.toNumber(FieldValue.toAmount(-1.5))).isEqualTo(-1.5);
    }

    @Test
    void fold_longTexts_differWhereTheyDiffer() {
        String begin = "x".repeat(300);
        assertThat(FieldValue.fold(begin + "a")).hasSizeLessThanOrEqualTo(200).isNotEqualTo(FieldValue.fold(begin + "b"));
        assertThat(FieldValue.fold(begin + "a")).isEqualTo(FieldValue.fold(begin + "A "));
    }

    @Test
    void tags_areNormalized() {
        assertThat(DocumentTags.normalize(List.of(" Vertrag\n2025 ", "vertrag 2025", "x")))
                .containsExactly("Vertrag 2025", "x");
        assertThatThrownBy(() -> DocumentTags.normalize(null)).hasMessageContaining("Send `tags`");
        assertThatThrownBy(() -> DocumentTags.normalize(List.of("a", "\u200b"))).hasMessageContaining("0 visible");
        assertThatThrownBy(() -> DocumentTags.normalize(List.of("x".repeat(101)))).hasMessageContaining("101 visible");
        assertThatThrownBy(() -> DocumentTags.normalize(Collections.nCopies(51, "a")))
                .hasMessageContaining("51 tags. Send at most 50");
    }

    @Test
    void language_isStatedOrOfMostText() {
        assertThat(DocumentLanguage.of(List.of("de-AT"), Map.of("en", 10L)))
                .isEqualTo("de");
        assertThat(DocumentLanguage.of(List.of("English text"), Map.of("und", 90L, "fr", 9L, "en", 8L)))
                .isEqualTo("fr");
        assertThat(DocumentLanguage.of(List.of(), Map.of("und", 90L))).isNull();
    }
}
