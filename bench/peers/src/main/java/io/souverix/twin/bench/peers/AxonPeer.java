package io.souverix.twin.bench.peers;

import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.json.JacksonSerializer;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Axon with its event store in PostgreSQL (as without Axon Server): a unit of work a batch, and a
/// subscribing projection that brings states and counts up to it in the same transaction.
public final class AxonPeer extends PeerStage {
    /// In the statement that the projection is, what came is the first of its parts.
    private static final String PROJECT =
            """
            WITH fresh AS (SELECT * FROM unnest(?, ?, ?) AS told (subject, stamp, state)),
            newest AS (SELECT DISTINCT ON (subject) subject, stamp, state FROM fresh
              ORDER BY subject, stamp COLLATE "C" DESC),
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

    private static final int REPLAY_BATCH = 1_000;

    public AxonPeer() {
        super("axon", "Axon (JDBC event store in PostgreSQL)", 100_000);
    }

    @Override
    @Nullable String missing() {
        return PostgresqlServer.missing();
    }

    /// What is stored of an event.
    record Fact(String subject, String order, @Nullable String state, String text) {}

    @Override
    Peer start(Path directory) throws Exception {
        PostgresqlServer server = PostgresqlServer.start(directory);
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            for (String line : PostgresqlPeer.TABLES) {
                statement.execute(line);
            }
        }
        connection.setAutoCommit(false);
        return new Axon(server, connection);
    }

    /// One connection: what begins inside another transaction ends with it.
    private static final class OneTransaction implements TransactionManager, Transaction {
        private final Connection connection;
        private int depth;

        OneTransaction(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Transaction startTransaction() {
            depth++;
            return this;
        }

        @Override
        public void commit() {
            depth--;
            if (depth == 0) {
                try {
                    connection.commit();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void rollback() {
            depth--;
            try {
                connection.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Axon implements Peer {
        private final PostgresqlServer server;
        private final Connection connection;
        private final OneTransaction transactions;
        private final JdbcEventStorageEngine engine;
        private final EmbeddedEventStore store;
        private final Map<String, Long> sequences = new HashMap<>();

        Axon(PostgresqlServer server, Connection connection) {
            this.server = server;
            this.connection = connection;
            this.transactions = new OneTransaction(connection);
            JacksonSerializer serializer = JacksonSerializer.defaultSerializer();
            this.engine =
                    JdbcEventStorageEngine.builder()
                            .eventSerializer(serializer)
                            .snapshotSerializer(serializer)
                            .connectionProvider(() ->
                                    ConnectionWrapperFactory.wrap(
                                            connection,
                                            new ConnectionWrapperFactory.NoOpCloseHandler()))
                            .transactionManager(transactions)
                            .batchSize(REPLAY_BATCH)
                            .build();
            engine.createSchema(PostgresEventTableFactory.INSTANCE);
            this.store = EmbeddedEventStore.builder().storageEngine(engine).build();
            var _ = store.subscribe(this::project);
        }

        @Override
        public void append(List<PeerEvent> batch) throws Exception {
            Set<String> known = known(batch);
            List<EventMessage<?>> fresh = new ArrayList<>(batch.size());
            for (PeerEvent event : batch) {
                if (known.add(event.key())) {
                    fresh.add(
                            new GenericDomainEventMessage<>(
                                    "node",
                                    event.subject(),
                                    sequences.merge(event.subject(), 1L, Long::sum) - 1,
                                    new Fact(
                                            event.subject(),
                                            event.order(),
                                            event.state(),
                                            event.text()),
                                    MetaData.emptyInstance(),
                                    event.key(),
                                    Instant.EPOCH));
                }
            }
            if (fresh.isEmpty()) {
                return;
            }
            DefaultUnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
            work.attachTransaction(transactions);
            store.publish(fresh);
            work.commit();
        }

        private Set<String> known(List<PeerEvent> batch) throws SQLException {
            Set<String> known = new HashSet<>();
            Object[] keys = batch.stream().map(PeerEvent::key).toArray();
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT eventIdentifier FROM DomainEventEntry"
                                    + " WHERE eventIdentifier = ANY(?)")) {
                select.setArray(1, connection.createArrayOf("text", keys));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        known.add(rows.getString(1));
                    }
                }
            }
            return known;
        }

        private void project(List<? extends EventMessage<?>> messages) {
            List<Fact> facts =
                    messages.stream()
                            .map(message -> (Fact) message.getPayload())
                            .filter(fact -> fact.state() != null)
                            .toList();
            if (facts.isEmpty()) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(PROJECT)) {
                statement.setArray(1, texts(facts.stream().map(Fact::subject)));
                statement.setArray(2, texts(facts.stream().map(Fact::order)));
                statement.setArray(
                        3, texts(facts.stream().map(fact -> String.valueOf(fact.state()))));
                var _ = statement.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private java.sql.Array texts(Stream<String> values) throws SQLException {
            return connection.createArrayOf("text", values.toArray());
        }

        @Override
        public long events() throws SQLException {
            return SqlitePeer.Sql.number(connection, "SELECT count(*) FROM DomainEventEntry");
        }

        @Override
        public Map<String, Long> counts() throws SQLException {
            return SqlitePeer.Sql.counts(connection, "SELECT state, nodes FROM counts");
        }

        @Override
        public @Nullable String state(String node) throws SQLException {
            return PostgresqlPeer.state(connection, node);
        }

        /// The projection is reset and reads the whole store again.
        @Override
        public void replay() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("TRUNCATE nodes, counts");
            }
            List<EventMessage<?>> part = new ArrayList<>(REPLAY_BATCH);
            try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(null, false)) {
                events.forEach(event -> {
                    part.add(event);
                    if (part.size() == REPLAY_BATCH) {
                        project(part);
                        part.clear();
                    }
                });
            }
            project(part);
            connection.commit();
        }

        @Override
        public void close() throws Exception {
            store.shutDown();
            connection.close();
            server.end();
        }
    }
}
