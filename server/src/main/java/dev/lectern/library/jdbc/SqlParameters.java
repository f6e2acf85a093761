package dev.lectern.library.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists as parameters of SQL statements. */
public final class SqlParameters {
    /** Maximum parameters of one statement. Both databases accept thousands, but plan short statements faster. */
    public static final int MAX_PARAMETERS = 500;

    private SqlParameters() {}

    /** {@code ?,?,?} */
    public static String placeholders(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }

    /** Splits values into lists of at most {@link #MAX_PARAMETERS}. */
    public static <T> List<List<T>> split(Collection<T> values) {
        return split(values, MAX_PARAMETERS);
    }

    /** Splits values into lists of at most {@code size}. */
    public static <T> List<List<T>> split(Collection<T> values, int size) {
        List<T> list = List.copyOf(values);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            parts.add(list.subList(from, Math.min(list.size(), from + size)));
        }
        return parts;
    }

    /** The value of a column, null for NULL. */
    public static @Nullable Integer getInteger(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
