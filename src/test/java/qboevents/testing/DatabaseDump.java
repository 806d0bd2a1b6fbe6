// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Every value of every row of every table, as text: for what must not be there. */
public final class DatabaseDump {

    private DatabaseDump() {}

    public static String of(DataSource source) {
        try (var connection = source.getConnection()) {
            var dump = new StringBuilder();
            for (var table : tables(connection)) {
                rows(connection, table, dump);
            }
            return dump.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var found = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        if (!tables.contains("oauth_token")) {
            throw new AssertionError("There is more than these: " + tables);
        }
        return tables;
    }

    private static void rows(Connection connection, String table, StringBuilder dump) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select * from \"" + table + "\"")) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int column = 1; column <= columns; column++) {
                    var value = row.getObject(column);
                    dump.append(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value).append('\n');
                }
            }
        }
    }
}
