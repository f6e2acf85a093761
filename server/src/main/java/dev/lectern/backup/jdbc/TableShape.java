package dev.lectern.backup.jdbc;

import dev.lectern.backup.spi.StateTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with its columns as a database has them.
 *
 * @param keyColumns places of the key's columns in {@code columns}
 */
record TableShape(String name, List<Column> columns, List<Integer> keyColumns) {

    record Column(String name, Kind kind) {}

    static TableShape of(Connection connection, StateTable table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getColumns(null, connection.getSchema(), table.name(), null)) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(table.name())) {
                    columns.add(new Column(rows.getString("COLUMN_NAME"), Kind.of(rows.getString("TYPE_NAME"))));
                }
            }
        }
        List<String> names = columns.stream().map(Column::name).toList();
        List<Integer> key = table.key().stream().map(names::indexOf).toList();
        if (columns.isEmpty() || key.contains(-1)) {
            throw new IllegalStateException("There is no table " + table);
        }
        return new TableShape(table.name(), List.copyOf(columns), key);
    }

    String columnNames() {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }

    List<Column> key() {
        return keyColumns.stream().map(columns::get).toList();
    }
}
