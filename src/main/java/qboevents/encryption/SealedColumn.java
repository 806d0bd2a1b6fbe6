// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every column whose values are sealed. What is not listed here cannot be sealed, or a new key would leave it behind. */
record SealedColumn(String table, String name, String key) {

    static final List<SealedColumn> ALL = List.of(
            new SealedColumn("instance", "secrets", "id"),
            new SealedColumn("oauth_token", "access_token", "instance_id"),
            new SealedColumn("oauth_token", "refresh_token", "instance_id"),
            new SealedColumn("oauth_token", "token_secret", "instance_id"));

    /** Of one row's value; the ciphertext is good in this place only. */
    record Value(long row, String sealed) {}

    static boolean holds(String place) {
        return ALL.stream().anyMatch(column -> place.startsWith(column.place()));
    }

    String place(long row) {
        return place() + row;
    }

    private String place() {
        return table + "/" + name + "/";
    }

    /** The beginnings of the values that are there: which keys they were sealed with. */
    List<String> marks(JdbcClient database, int length) {
        return database.sql("select distinct substring(%1$s, 1, %2$d) from %3$s where %1$s <> ''".formatted(name, length, table))
                .query(String.class).list();
    }

    /** In the order of their rows, those that begin otherwise. */
    List<Value> after(JdbcClient database, long row, String mark, int most) {
        return database.sql("""
                select %1$s, %2$s
                from %3$s
                where %1$s > :row and %2$s <> '' and %2$s not like :mark
                order by %1$s
                limit :most
                """.formatted(key, name, table))
                .param("row", row)
                .param("mark", mark + "%")
                .param("most", most)
                .query((each, number) -> new Value(each.getLong(1), each.getString(2)))
                .list();
    }

    /** @return whether it was still there; somebody else may have stored another meanwhile */
    boolean replace(JdbcClient database, Value before, String sealed) {
        return database.sql("update %s set %2$s = :sealed where %3$s = :row and %2$s = :before".formatted(table, name, key))
                .param("sealed", sealed)
                .param("row", before.row())
                .param("before", before.sealed())
                .update() == 1;
    }

    @Override
    public String toString() {
        return table + "." + name;
    }
}
