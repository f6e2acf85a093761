package dev.lectern.backup.jdbc;

import dev.lectern.backup.spi.StateTable;
import dev.lectern.shared.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

/** The same table in two databases. */
public final class TablePair {
    private static final int TELL_EVERY = 256;

    private final Side from;
    private final Side to;
    private final TableShape shape;

    public TablePair(Side from, Side to, StateTable table) throws SQLException {
        this.from = from;
        this.to = to;
        this.shape = TableShape.of(from.reading(), table);
        from.endReading();
    }

    /** A table's rows in one figure: SHA-256 over all of them in the order of their keys. */
    public record Sum(long rows, String sha256) {}

    public String name() {
        return shape.name();
    }

    public long count() throws SQLException {
        try (Statement statement = from.reading().createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + shape.name())) {
            row.next();
            return row.getLong(1);
        } finally {
            from.endReading();
        }
    }

    /**
     * Walks through both in the order of keys and changes what differs in the second. Whatever agrees is not written, so it can be ended at any time
     * and begun again.
     *
     * @param progress is told how many rows of the first were looked at, now and then
     * @return rows that differed; 0 says that both were alike
     */
    public long makeAlike(LongConsumer progress) throws SQLException {
        try (Rows wanted = new Rows(from, shape);
                Rows present = new Rows(to, shape);
                Changes changes = new Changes(to, shape)) {
            Row a = wanted.next();
            Row b = present.next();
            long seen = 0;
            while (a != null || b != null) {
                int order = a == null ? 1 : b == null ? -1 : a.compareKey(b);
                if (a != null && order < 0) {
                    changes.insert(a);
                } else if (b != null && order > 0) {
                    changes.delete(b);
                } else if (a != null && b != null && !a.sameAs(b)) {
                    changes.replace(b, a);
                }
                if (order <= 0) {
                    a = wanted.next();
                    if (++seen % TELL_EVERY == 0) {
                        progress.accept(seen);
                    }
                }
                if (order >= 0) {
                    b = present.next();
                }
            }
            return changes.flush();
        }
    }

    /** Read afresh. */
    public Sum first() throws SQLException {
        return sum(from);
    }

    /** Read afresh. */
    public Sum second() throws SQLException {
        return sum(to);
    }

    private Sum sum(Side side) throws SQLException {
        Sha256 digest = new Sha256();
        long count = 0;
        try (Rows rows = new Rows(side, shape)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                row.digest(digest);
                count++;
            }
        }
        return new Sum(count, digest.hex());
    }
}
