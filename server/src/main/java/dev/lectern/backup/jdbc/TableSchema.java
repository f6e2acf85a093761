package dev.lectern.backup.jdbc;

import dev.lectern.backup.spi.SnapshotTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table.
 *
 * @param keyColumns indexes of the key columns in {@code columns}
 */
record TableSchema(String name, List<Column> columns, List<Integer> keyColumns) {

    record Column(String name, ColumnType type) {}

    static TableSchema of(Connection connection, SnapshotTable table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getColumns(null, connection.getSchema(), table.name(), null)) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(table.name())) {
                    columns.add(new Column(rows.getString("COLUMN_NAME"), ColumnType.of(rows.getString("TYPE_NAME"))));
                }
            }
        }
        List<String> names = columns.stream().map(Column::name).toList();
        List<Integer> key = table.key().stream().map(names::indexOf).toList();
        if (columns.isEmpty() || key.contains(-1)) {
            throw new IllegalStateException("There is no table " + table);
        }
        return new TableSchema(table.name(), List.copyOf(columns), key);
    }

    String columnNames() {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }

    List<Column> key() {
        return keyColumns.stream().map(columns::get).toList();
    }
}
