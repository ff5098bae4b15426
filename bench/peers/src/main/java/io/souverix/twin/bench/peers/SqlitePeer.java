package io.souverix.twin.bench.peers;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// SQLite in process, with a write-ahead log synced at each commit; a transaction a batch, and triggers
/// that keep states and counts.
public final class SqlitePeer extends PeerStage {
    private static final List<String> SCHEMA =
            List.of(
                    "PRAGMA journal_mode=WAL",
                    "PRAGMA synchronous=FULL",
                    "PRAGMA cache_size=-262144",
                    "CREATE TABLE events (subject TEXT, id TEXT, stamp TEXT, state TEXT, text TEXT,"
                            + " PRIMARY KEY (subject, id)) WITHOUT ROWID",
                    "CREATE TABLE nodes (subject TEXT PRIMARY KEY, stamp TEXT, state TEXT)"
                            + " WITHOUT ROWID",
                    "CREATE TABLE counts (state TEXT PRIMARY KEY, nodes INTEGER) WITHOUT ROWID",
                    "CREATE TRIGGER entered AFTER INSERT ON nodes BEGIN INSERT INTO counts VALUES"
                            + " (new.state, 1) ON CONFLICT DO UPDATE SET nodes = nodes + 1; END",
                    "CREATE TRIGGER moved AFTER UPDATE ON nodes WHEN old.state != new.state BEGIN"
                            + " UPDATE counts SET nodes = nodes - 1 WHERE state = old.state;"
                            + " INSERT INTO counts VALUES (new.state, 1)"
                            + " ON CONFLICT DO UPDATE SET nodes = nodes + 1; END",
                    "CREATE TRIGGER told AFTER INSERT ON events WHEN new.state IS NOT NULL BEGIN"
                            + " INSERT INTO nodes VALUES"
                            + " (new.subject, new.stamp || ' ' || new.id, new.state)"
                            + " ON CONFLICT DO UPDATE SET stamp = excluded.stamp, state ="
                            + " excluded.state WHERE excluded.stamp > stamp; END");

    public SqlitePeer() {
        super("sqlite", "SQLite (WAL, synchronous=FULL)", 400_000);
    }

    @Override
    Peer start(Path directory) throws SQLException {
        Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("events.db"));
        try (Statement statement = connection.createStatement()) {
            for (String line : SCHEMA) {
                statement.execute(line);
            }
        }
        connection.setAutoCommit(false);
        return new Sqlite(
                connection,
                connection.prepareStatement("INSERT OR IGNORE INTO events VALUES (?,?,?,?,?)"),
                connection.prepareStatement("SELECT state FROM nodes WHERE subject = ?"));
    }

    private record Sqlite(Connection connection, PreparedStatement insert, PreparedStatement select)
            implements Peer {
        @Override
        public void append(List<PeerEvent> batch) throws SQLException {
            for (PeerEvent event : batch) {
                insert.setString(1, event.subject());
                insert.setString(2, event.id());
                insert.setString(3, event.timestamp());
                insert.setString(4, event.state());
                insert.setString(5, event.text());
                insert.addBatch();
            }
            var _ = insert.executeBatch();
            connection.commit();
        }

        @Override
        public long events() throws SQLException {
            return Sql.number(connection, "SELECT count(*) FROM events");
        }

        @Override
        public Map<String, Long> counts() throws SQLException {
            return Sql.counts(connection, "SELECT state, nodes FROM counts");
        }

        @Override
        public @Nullable String state(String node) throws SQLException {
            select.setString(1, node);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }

        @Override
        public void replay() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM nodes");
                statement.execute("DELETE FROM counts");
                // A bare column beside max() is of the row that has it.
                statement.execute(
                        "INSERT INTO nodes SELECT subject, max(stamp || ' ' || id), state FROM events"
                                + " WHERE state IS NOT NULL GROUP BY subject");
            }
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /// What both databases are asked.
    static final class Sql {
        private Sql() {}

        static long number(Connection connection, String query) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                var _ = rows.next();
                return rows.getLong(1);
            }
        }

        static Map<String, Long> counts(Connection connection, String query) throws SQLException {
            Map<String, Long> counts = new HashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts;
        }
    }
}
