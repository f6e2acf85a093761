package dev.lectern.backup.jdbc;

import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.shared.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

/** Copies a table from one database to another and verifies the copy. */
public final class TableCopier {
    private static final int PROGRESS_INTERVAL = 256;

    private final ConnectionPair from;
    private final ConnectionPair to;
    private final TableSchema schema;

    public TableCopier(ConnectionPair from, ConnectionPair to, SnapshotTable table) throws SQLException {
        this.from = from;
        this.to = to;
        this.schema = TableSchema.of(from.reading(), table);
        from.endReading();
    }

    /** The number of rows and a SHA-256 over all of them in the order of their keys. */
    public record Checksum(long rows, String sha256) {}

    public String name() {
        return schema.name();
    }

    public long count() throws SQLException {
        try (Statement statement = from.reading().createStatement();
                ResultSet tableRow = statement.executeQuery("SELECT COUNT(*) FROM " + schema.name())) {
            tableRow.next();
            return tableRow.getLong(1);
        } finally {
            from.endReading();
        }
    }

    /**
     * Reads both tables in the order of their keys, and writes the differences to the target. Equal rows are not written, so a killed copy can be repeated.
     *
     * @param progress receives the number of compared rows of the source, every few hundred rows
     * @return the number of rows that differed; 0 when both tables were equal
     */
    public long copyDifferences(LongConsumer progress) throws SQLException {
        try (RowReader source = new RowReader(from, schema);
                RowReader target = new RowReader(to, schema);
                RowWriter rowWriter = new RowWriter(to, schema)) {
            TableRow a = source.next();
            TableRow b = target.next();
            long seen = 0;
            while (a != null || b != null) {
                int order = a == null ? 1 : b == null ? -1 : a.compareKey(b);
                if (a != null && order < 0) {
                    rowWriter.insert(a);
                } else if (b != null && order > 0) {
                    rowWriter.delete(b);
                } else if (a != null && b != null && !a.hasSameValues(b)) {
                    rowWriter.replace(b, a);
                }
                if (order <= 0) {
                    a = source.next();
                    if (++seen % PROGRESS_INTERVAL == 0) {
                        progress.accept(seen);
                    }
                }
                if (order >= 0) {
                    b = target.next();
                }
            }
            return rowWriter.flush();
        }
    }

    /** Reads the source again. */
    public Checksum sourceChecksum() throws SQLException {
        return checksum(from);
    }

    /** Reads the target again. */
    public Checksum targetChecksum() throws SQLException {
        return checksum(to);
    }

    private Checksum checksum(ConnectionPair connections) throws SQLException {
        Sha256 digest = new Sha256();
        long count = 0;
        try (RowReader rows = new RowReader(connections, schema)) {
            for (TableRow tableRow = rows.next(); tableRow != null; tableRow = rows.next()) {
                tableRow.digest(digest);
                count++;
            }
        }
        return new Checksum(count, digest.hex());
    }
}
