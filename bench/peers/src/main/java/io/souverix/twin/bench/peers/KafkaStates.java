package io.souverix.twin.bench.peers;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The Streams side: which events were seen, the state a node, the counts a state; a store each, with
/// its change log in the broker.
final class KafkaStates {
    private static final String SEEN = "seen";
    private static final String NODES = "nodes";
    private static final String COUNTS = "counts";
    private static final String DISTINCT = "#events";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int THREADS = 2;

    private final String address;
    private final Path directory;
    private final AtomicLong processed = new AtomicLong();
    private int generation;
    private KafkaStreams streams;

    KafkaStates(String address, Path directory) {
        this.address = address;
        this.directory = directory;
        this.streams = start();
    }

    /// What a record holds: id, order key, state (or nothing), text; parted by line feeds.
    static String value(PeerEvent event) {
        return event.id()
                + '\n'
                + event.order()
                + '\n'
                + (event.state() == null ? "" : event.state())
                + '\n'
                + event.text();
    }

    private KafkaStreams start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "states-" + generation);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                directory.resolve("states" + generation).toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(THREADS));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "1");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.String().getClass().getName());
        properties.put(
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.String().getClass().getName());
        Topology topology =
                new Topology()
                        .addSource("source", KafkaPeer.TOPIC)
                        .addProcessor("fold", () -> new Folding(processed), "source")
                        .addStateStore(store(SEEN, Serdes.String()), "fold")
                        .addStateStore(store(NODES, Serdes.String()), "fold")
                        .addStateStore(store(COUNTS, Serdes.Long()), "fold");
        KafkaStreams made = new KafkaStreams(topology, properties);
        made.start();
        return made;
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingEnabled();
    }

    /// Folds one partition's events.
    private static final class Folding implements Processor<String, String, Void, Void> {
        private final AtomicLong processed;
        private @Nullable KeyValueStore<String, String> seen;
        private @Nullable KeyValueStore<String, String> nodes;
        private @Nullable KeyValueStore<String, Long> counts;

        Folding(AtomicLong processed) {
            this.processed = processed;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            seen = context.getStateStore(SEEN);
            nodes = context.getStateStore(NODES);
            counts = context.getStateStore(COUNTS);
        }

        @Override
        public void process(Record<String, String> event) {
            if (seen == null || nodes == null || counts == null) {
                throw new IllegalStateException("no stores");
            }
            String[] parts = event.value().split("\n", 4);
            if (seen.putIfAbsent(event.key() + " " + parts[0], "") == null) {
                add(counts, DISTINCT, 1);
                if (!parts[2].isEmpty()) {
                    move(nodes, counts, event.key(), parts[1], parts[2]);
                }
            }
            processed.incrementAndGet();
        }

        private static void move(
                KeyValueStore<String, String> nodes,
                KeyValueStore<String, Long> counts,
                String node,
                String order,
                String state) {
            @Nullable String held = nodes.get(node);
            if (held != null) {
                int end = held.indexOf('\n');
                if (held.substring(0, end).compareTo(order) >= 0) {
                    return;
                }
                add(counts, held.substring(end + 1), -1);
            }
            nodes.put(node, order + '\n' + state);
            add(counts, state, 1);
        }

        private static void add(KeyValueStore<String, Long> counts, String state, long by) {
            @Nullable Long held = counts.get(state);
            counts.put(state, (held == null ? 0 : held) + by);
        }
    }

    /// Waits until so many records were folded.
    void await(long records) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (processed.get() < records) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "found " + processed.get() + " folded, expected " + records);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /// From nothing: another application, whose stores are empty.
    void restart() {
        streams.close(Duration.ofSeconds(30));
        processed.set(0);
        generation++;
        streams = start();
    }

    long distinct() {
        @Nullable Long count = all().get(DISTINCT);
        return count == null ? 0 : count;
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = all();
        counts.remove(DISTINCT);
        return counts;
    }

    private Map<String, Long> all() {
        Map<String, Long> sums = new HashMap<>();
        var store =
                streams.store(
                        StoreQueryParameters.fromNameAndType(
                                COUNTS, QueryableStoreTypes.<String, Long>keyValueStore()));
        try (KeyValueIterator<String, Long> rows = store.all()) {
            rows.forEachRemaining(row -> sums.merge(row.key, row.value, Long::sum));
        }
        return sums;
    }

    @Nullable String state(String node) {
        var store =
                streams.store(
                        StoreQueryParameters.fromNameAndType(
                                NODES, QueryableStoreTypes.<String, String>keyValueStore()));
        @Nullable String held = store.get(node);
        return held == null ? null : held.substring(held.indexOf('\n') + 1);
    }

    void close() {
        streams.close(Duration.ofSeconds(30));
    }
}
