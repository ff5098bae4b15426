package io.souverix.twin.bench.peers;

import io.souverix.twin.bench.StageProcess;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Kafka, one broker in a JVM of its own that syncs its log at every append (so that what is
/// acknowledged is durable on the one machine), and Kafka Streams with RocksDB stores.
public final class KafkaPeer extends PeerStage {
    static final String TOPIC = "events";
    private static final int PARTITIONS = 2;
    private static final int READY_SECONDS = 60;

    public KafkaPeer() {
        super("kafka", "Kafka + Streams (log synced at each append)", 200_000);
    }

    @Override
    Peer start(Path directory) throws Exception {
        int port = freePort();
        Path settings = settings(directory, port, freePort());
        List<String> format = StageProcess.java();
        format.addAll(
                List.of(
                        "kafka.tools.StorageTool",
                        "format",
                        "--standalone",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        settings.toString()));
        if (launch(format).waitFor() != 0) {
            throw new IOException("the broker's storage cannot be formatted");
        }
        List<String> serve = StageProcess.java();
        serve.addAll(List.of("kafka.Kafka", settings.toString()));
        Process broker = launch(serve);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
        String address = "127.0.0.1:" + port;
        makeTopic(address);
        return new Kafka(broker, producer(address), new KafkaStates(address, directory));
    }

    private static Process launch(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Path settings(Path directory, int port, int control) throws IOException {
        return Files.write(
                directory.resolve("broker.properties"),
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(port, control),
                        "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                        "controller.listener.names=CONTROLLER",
                        "controller.quorum.bootstrap.servers=127.0.0.1:" + control,
                        "log.dirs=" + directory.resolve("broker"),
                        "log.flush.interval.messages=1",
                        "offsets.topic.replication.factor=1",
                        "transaction.state.log.replication.factor=1",
                        "transaction.state.log.min.isr=1",
                        "group.initial.rebalance.delay.ms=0"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void makeTopic(String address) throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(READY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<String, String> producer(String address) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "2");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(1 << 20));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(128 << 20));
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    private static final class Kafka implements Peer {
        private final Process broker;
        private final KafkaProducer<String, String> producer;
        private final KafkaStates states;
        private final List<Future<?>> waiting = new ArrayList<>();
        private long appended;

        Kafka(Process broker, KafkaProducer<String, String> producer, KafkaStates states) {
            this.broker = broker;
            this.producer = producer;
            this.states = states;
        }

        /// Records are acknowledged in batches of the producer's; all are waited for in the end.
        @Override
        public void append(List<PeerEvent> batch) {
            for (PeerEvent event : batch) {
                waiting.add(
                        producer.send(
                                new ProducerRecord<>(
                                        TOPIC, event.subject(), KafkaStates.value(event))));
            }
            appended += batch.size();
        }

        @Override
        public void settle() throws Exception {
            producer.flush();
            for (Future<?> sent : waiting) {
                var _ = sent.get();
            }
            waiting.clear();
            states.await(appended);
        }

        @Override
        public long events() {
            return states.distinct();
        }

        @Override
        public Map<String, Long> counts() {
            return states.counts();
        }

        @Override
        public @Nullable String state(String node) {
            return states.state(node);
        }

        @Override
        public void replay() throws Exception {
            states.restart();
            states.await(appended);
        }

        @Override
        public void close() throws Exception {
            states.close();
            producer.close(Duration.ofSeconds(10));
            broker.destroy();
            var _ = broker.waitFor();
        }
    }
}
