package dev.lectern.library.catalog;

import dev.lectern.library.DocumentFields.Field;
import dev.lectern.library.DocumentFields.Kind;
import dev.lectern.library.DocumentFields.Value;
import dev.lectern.library.FieldValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A field while its values are counted. Has the most frequent values only. Not thread-safe. */
final class FieldSummary {
    private static final int MAX_VALUES = 20;
    /** The most frequent first; of equally frequent ones in the order of the alphabet. */
    private static final Comparator<Value> ORDER =
            Comparator.comparingLong(Value::documents).reversed().thenComparing(Value::value);

    private final String name;
    /** The least frequent on top. */
    private final PriorityQueue<Value> best = new PriorityQueue<>(ORDER.reversed());

    private long documents;
    private long distinct;
    private long days;
    private long amounts;
    private long firstDay = Long.MAX_VALUE;
    private long lastDay = Long.MIN_VALUE;
    private long smallest = Long.MAX_VALUE;
    private long largest = Long.MIN_VALUE;

    FieldSummary(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    long documents() {
        return documents;
    }

    void setDocuments(long count) {
        documents = count;
    }

    void addDocuments(long count) {
        documents += count;
    }

    void add(String value, long count) {
        distinct++;
        best.add(new Value(value, count));
        if (best.size() > MAX_VALUES) {
            best.poll();
        }
    }

    /** @param day of the value; null when it is no date */
    void addDay(@Nullable Long day) {
        if (day != null) {
            days++;
            firstDay = Math.min(firstDay, day);
            lastDay = Math.max(lastDay, day);
        }
    }

    /** @param amount of the value; null when it is no number */
    void addAmount(@Nullable Long amount) {
        if (amount != null) {
            amounts++;
            smallest = Math.min(smallest, amount);
            largest = Math.max(largest, amount);
        }
    }

    Field toField() {
        List<Value> values = best.stream().sorted(ORDER).toList();
        if (days == distinct) {
            return new Field(name, Kind.DATE, documents, distinct, values, date(firstDay), date(lastDay));
        }
        if (amounts == distinct) {
            return new Field(name, Kind.NUMBER, documents, distinct, values, number(smallest), number(largest));
        }
        return new Field(name, Kind.TEXT, documents, distinct, values, null, null);
    }

    private static String date(long day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    private static String number(long amount) {
        return new BigDecimal(Double.toString(FieldValue.toNumber(amount)))
                .stripTrailingZeros()
                .toPlainString();
    }
}
