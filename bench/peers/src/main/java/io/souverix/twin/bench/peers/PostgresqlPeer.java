package io.souverix.twin.bench.peers;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// PostgreSQL as its own server with a fresh cluster, reached by TCP: a batch is one statement that
/// inserts what is new and brings states and counts up to it, committed synchronously.
public final class PostgresqlPeer extends PeerStage {
    /// States and counts.
    static final List<String> TABLES =
            List.of(
                    "CREATE TABLE nodes (subject text COLLATE \"C\" PRIMARY KEY,"
                            + " stamp text COLLATE \"C\", state text)",
                    "CREATE TABLE counts (state text PRIMARY KEY, nodes bigint)");

    private static final String EVENTS =
            "CREATE TABLE events (subject text COLLATE \"C\", id text COLLATE \"C\","
                    + " stamp text COLLATE \"C\", state text, text text,"
                    + " PRIMARY KEY (subject, id))";

    private static final String APPEND =
            """
            WITH fresh AS (
              INSERT INTO events SELECT * FROM unnest(?, ?, ?, ?, ?)
              ON CONFLICT DO NOTHING RETURNING subject, stamp || ' ' || id AS stamp, state),
            newest AS (
              SELECT DISTINCT ON (subject) subject, stamp, state FROM fresh
              WHERE state IS NOT NULL ORDER BY subject, stamp DESC),
            old AS (SELECT nodes.subject, nodes.state FROM nodes JOIN newest USING (subject)),
            changed AS (
              INSERT INTO nodes SELECT * FROM newest
              ON CONFLICT (subject) DO UPDATE SET stamp = excluded.stamp, state = excluded.state
              WHERE excluded.stamp > nodes.stamp RETURNING subject, state),
            moves AS (
              SELECT state, 1 AS by FROM changed
              UNION ALL SELECT old.state, -1 FROM old JOIN changed USING (subject))
            INSERT INTO counts SELECT state, sum(by) FROM moves GROUP BY state
            ON CONFLICT (state) DO UPDATE SET nodes = counts.nodes + excluded.nodes
            """;

    public PostgresqlPeer() {
        super("postgresql", "PostgreSQL (insert and upsert, synchronous commit)", 400_000);
    }

    @Override
    @Nullable String missing() {
        return PostgresqlServer.missing();
    }

    @Override
    Peer start(Path directory) throws Exception {
        PostgresqlServer server = PostgresqlServer.start(directory);
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute(EVENTS);
            for (String line : TABLES) {
                statement.execute(line);
            }
        }
        connection.setAutoCommit(false);
        return new Postgresql(server, connection);
    }

    /// The state of a node, or null.
    static @Nullable String state(Connection connection, String node) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT state FROM nodes WHERE subject = ?")) {
            select.setString(1, node);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private record Postgresql(PostgresqlServer server, Connection connection) implements Peer {
        @Override
        public void append(List<PeerEvent> batch) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
                statement.setArray(1, column(batch, PeerEvent::subject));
                statement.setArray(2, column(batch, PeerEvent::id));
                statement.setArray(3, column(batch, PeerEvent::timestamp));
                statement.setArray(4, column(batch, PeerEvent::state));
                statement.setArray(5, column(batch, PeerEvent::text));
                var _ = statement.executeUpdate();
            }
            connection.commit();
        }

        private Array column(List<PeerEvent> batch, Function<PeerEvent, @Nullable String> member)
                throws SQLException {
            @Nullable Object[] values = new @Nullable Object[batch.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = member.apply(batch.get(i));
            }
            return connection.createArrayOf("text", values);
        }

        @Override
        public long events() throws SQLException {
            return SqlitePeer.Sql.number(connection, "SELECT count(*) FROM events");
        }

        @Override
        public Map<String, Long> counts() throws SQLException {
            return SqlitePeer.Sql.counts(connection, "SELECT state, nodes FROM counts");
        }

        @Override
        public @Nullable String state(String node) throws SQLException {
            return PostgresqlPeer.state(connection, node);
        }

        @Override
        public void replay() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("TRUNCATE nodes, counts");
                statement.execute(
                        "INSERT INTO nodes SELECT DISTINCT ON (subject) subject, stamp || ' ' || id,"
                                + " state FROM events WHERE state IS NOT NULL"
                                + " ORDER BY subject, stamp DESC, id DESC");
                statement.execute(
                        "INSERT INTO counts SELECT state, count(*) FROM nodes GROUP BY state");
            }
            connection.commit();
        }

        @Override
        public void close() throws Exception {
            connection.close();
            server.end();
        }
    }
}
