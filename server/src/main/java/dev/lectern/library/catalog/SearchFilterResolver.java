package dev.lectern.library.catalog;

import dev.lectern.library.DocumentLanguage;
import dev.lectern.library.DocumentLocation;
import dev.lectern.library.FieldValue;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchFilter.AnyOf;
import dev.lectern.library.SearchFilter.Condition;
import dev.lectern.library.SearchFilter.Range;
import dev.lectern.library.SearchFilter.Unit;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the documents that meet the conditions of a filter. The SQL begins with the collection, so that other collections cost nothing. */
final class SearchFilterResolver {
    private static final long DAY_MILLIS = 86_400_000;

    private final JdbcClient jdbc;

    SearchFilterResolver(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param filter with at least one condition */
    Set<DocumentId> find(SearchFilter filter, Collection<CollectionId> collections) {
        Set<DocumentId> found = new HashSet<>();
        for (List<CollectionId> some : SqlParameters.split(collections)) {
            found.addAll(findAll(filter, some.stream().map(CollectionId::value).toList()));
        }
        return Set.copyOf(found);
    }

    private Set<DocumentId> findAll(SearchFilter filter, List<String> collections) {
        Set<DocumentId> found = null;
        for (Condition condition : filter.all()) {
            Set<DocumentId> one = new HashSet<>();
            find(condition, collections, one);
            if (found == null) {
                found = one;
            } else {
                found.retainAll(one);
            }
            if (found.isEmpty()) {
                break;
            }
        }
        return found == null ? Set.of() : found;
    }

    private void find(Condition condition, List<String> collections, Set<DocumentId> found) {
        switch (condition.field()) {
            case "tags" -> findByTag(values(condition).folded(), collections, found);
            case "title" -> findByText("title", values(condition).folded(), collections, found);
            case "uri" -> findByText("uri", values(condition).folded(), collections, found);
            case "media_type" -> findByColumn("media_type", values(condition).folded(), collections, found);
            case "language" -> findByColumn("language", languages(values(condition)), collections, found);
            case "created" -> findByMetadata("created", condition, collections, found);
            case "modified" -> {
                findByMetadata("modified", condition, collections, found);
                findByFileTime(condition, collections, found);
            }
            default ->
                findByMetadata(
                        condition.field().substring(SearchFilter.METADATA.length()), condition, collections, found);
        }
    }

    private static AnyOf values(Condition condition) {
        return switch (condition) {
            case AnyOf anyOf -> anyOf;
            case Range range -> throw new IllegalArgumentException("No range of " + range.field() + " is possible");
        };
    }

    /** A document in one language of a country is one in this language. */
    private static Set<String> languages(AnyOf condition) {
        Set<String> languages = new HashSet<>();
        condition.folded().forEach(language -> languages.add(DocumentLanguage.primary(language)));
        return languages;
    }

    private void findByTag(Set<String> folded, List<String> collections, Set<DocumentId> found) {
        String condition = "collection IN (" + SqlParameters.placeholders(collections.size()) + ") AND folded IN ("
                + SqlParameters.placeholders(folded.size()) + ")";
        add(
                jdbc.sql("SELECT document FROM document_tag WHERE " + condition)
                        .params(collections)
                        .params(List.copyOf(folded)),
                found);
        List<String> sources = jdbc.sql("SELECT DISTINCT source FROM source_tag WHERE " + condition)
                .params(collections)
                .params(List.copyOf(folded))
                .query((row, number) -> row.getString(1))
                .list();
        for (List<String> some : SqlParameters.split(sources)) {
            add(
                    jdbc.sql("SELECT document FROM location WHERE document IS NOT NULL AND source IN ("
                                    + SqlParameters.placeholders(some.size()) + ")")
                            .params(some),
                    found);
        }
    }

    private void findByColumn(String column, Set<String> folded, List<String> collections, Set<DocumentId> found) {
        add(
                jdbc.sql("SELECT id FROM document WHERE collection IN ("
                                + SqlParameters.placeholders(collections.size()) + ") AND " + column + " IN ("
                                + SqlParameters.placeholders(folded.size()) + ")")
                        .params(collections)
                        .params(List.copyOf(folded)),
                found);
    }

    /** Compares here, since SQLite knows the case of no letters but those of English. */
    private void findByText(String column, Set<String> folded, List<String> collections, Set<DocumentId> found) {
        jdbc.sql("SELECT id, " + column + " FROM document WHERE collection IN ("
                        + SqlParameters.placeholders(collections.size()) + ")")
                .params(collections)
                .query(row -> {
                    if (folded.contains(FieldValue.fold(DocumentLocation.withoutServerPath(row.getString(2))))) {
                        found.add(new DocumentId(row.getString(1)));
                    }
                });
    }

    private void findByMetadata(String key, Condition condition, List<String> collections, Set<DocumentId> found) {
        List<Object> parameters = new ArrayList<>(collections);
        parameters.add(key);
        String matches = switch (condition) {
            case AnyOf anyOf -> matches(anyOf, parameters);
            case Range range -> {
                parameters.add(range.from());
                parameters.add(range.to());
                yield column(range.unit()) + " BETWEEN ? AND ?";
            }
        };
        add(
                jdbc.sql("SELECT document FROM document_metadata WHERE collection IN ("
                                + SqlParameters.placeholders(collections.size()) + ") AND key = ? AND " + matches)
                        .params(parameters),
                found);
    }

    private static String matches(AnyOf anyOf, List<Object> parameters) {
        List<String> alternatives = new ArrayList<>();
        addAlternative("folded", anyOf.folded(), alternatives, parameters);
        addAlternative("day", anyOf.days(), alternatives, parameters);
        addAlternative("amount", anyOf.amounts(), alternatives, parameters);
        return alternatives.size() == 1 ? alternatives.getFirst() : "(" + String.join(" OR ", alternatives) + ")";
    }

    private static void addAlternative(
            String column, Set<?> values, List<String> alternatives, List<Object> parameters) {
        if (!values.isEmpty()) {
            alternatives.add(column + " IN (" + SqlParameters.placeholders(values.size()) + ")");
            parameters.addAll(values);
        }
    }

    private static String column(Unit unit) {
        return switch (unit) {
            case DAY -> "day";
            case INSTANT -> "at";
            case AMOUNT -> "amount";
        };
    }

    /** Documents that do not say themselves when they were changed, by the time of their file. */
    private void findByFileTime(Condition condition, List<String> collections, Set<DocumentId> found) {
        List<Object> parameters = new ArrayList<>(collections);
        List<String> ranges = new ArrayList<>();
        switch (condition) {
            case AnyOf anyOf -> anyOf.days().forEach(day -> addDays(day, day, ranges, parameters));
            case Range range when range.unit() == Unit.DAY -> addDays(range.from(), range.to(), ranges, parameters);
            case Range range when range.unit() == Unit.INSTANT ->
                addRange(range.from(), range.to(), ranges, parameters);
            case Range number -> {
                // A time is no number.
            }
        }
        if (ranges.isEmpty()) {
            return;
        }
        add(
                jdbc.sql("SELECT id FROM document d WHERE d.collection IN ("
                                + SqlParameters.placeholders(collections.size()) + ") AND ("
                                + String.join(" OR ", ranges) + ") AND NOT EXISTS (SELECT 1 FROM document_metadata m"
                                + " WHERE m.document = d.id AND m.key = 'modified' AND m.day IS NOT NULL)")
                        .params(parameters),
                found);
    }

    private static void addDays(long from, long to, List<String> ranges, List<Object> parameters) {
        addRange(
                from == Long.MIN_VALUE ? from : from * DAY_MILLIS,
                to == Long.MAX_VALUE ? to : to * DAY_MILLIS + DAY_MILLIS - 1,
                ranges,
                parameters);
    }

    private static void addRange(long from, long to, List<String> ranges, List<Object> parameters) {
        ranges.add("d.file_modified_at BETWEEN ? AND ?");
        parameters.add(from);
        parameters.add(to);
    }

    private static void add(JdbcClient.StatementSpec statement, Set<DocumentId> found) {
        statement.query(row -> {
            found.add(new DocumentId(row.getString(1)));
        });
    }
}
