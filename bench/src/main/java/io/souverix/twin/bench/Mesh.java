package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.sbom.SbomFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// A fleet that is made up for questions about the graph and about packages: five random edges a node,
/// zones of a thousand, and each node runs one of 300 documents of 1,000 components.
final class Mesh {
    static final int ZONE_NODES = 1_000;
    private static final int EDGES_A_NODE = 5;
    private static final int DOCUMENTS = 300;
    private static final int COMPONENTS = 1_000;
    private static final int PACKAGES = 20_000;
    private static final int PART = 20_000;

    private final int nodes;
    private final Random random = new Random(7);
    private final Instant start = Instant.now().minus(Duration.ofHours(3));
    private final NewEvents made = new NewEvents();

    Mesh(int nodes) {
        this.nodes = nodes;
    }

    /// Makes its data directory, unless it is there.
    static Path prepare(Bench bench) throws IOException {
        Path directory = bench.directory().resolve("mesh-" + bench.size().nodes());
        Path ready = bench.directory().resolve(directory.getFileName() + ".ready");
        if (!Files.exists(ready)) {
            bench.say("making edges and documents");
            Scratch.delete(directory);
            try (TwinEngine engine = IngestStage.open(directory)) {
                new Mesh(bench.size().nodes()).fill(engine);
            }
            Files.writeString(ready, "");
        }
        return directory;
    }

    static String id(int node) {
        return "node-" + node;
    }

    /// A package that some documents have in some version.
    static String purl(Random random) {
        return "pkg:npm/package-" + random.nextInt(PACKAGES);
    }

    private void fill(TwinEngine engine) throws IOException {
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            digests.add(put(engine));
        }
        List<Event> part = new ArrayList<>(PART);
        for (int node = 0; node < nodes; node++) {
            add(part, node, digests.get(node % DOCUMENTS));
            if (part.size() >= PART || node == nodes - 1) {
                IngestStage.append(engine, part);
                part.clear();
            }
        }
    }

    private void add(List<Event> part, int node, String digest) {
        int zone = node / ZONE_NODES;
        add(
                part,
                node,
                0,
                "node_registered",
                "{\"component_type\":\"c%d\",\"region\":\"r%d\",\"zone\":\"z%d\"}"
                        .formatted(node % 3, zone / 10, zone));
        add(part, node, 1, "state_transition", "{\"to\":\"live\"}");
        add(
                part,
                node,
                2,
                "update_completed",
                "{\"version\":\"1.0.0\",\"sbom_hash\":\"%s\"}".formatted(digest));
        for (int i = 0; i < EDGES_A_NODE; i++) {
            add(
                    part,
                    node,
                    10 + i,
                    "relationship_added",
                    "{\"to\":\"%s\",\"type\":\"signaling\"}".formatted(id(random.nextInt(nodes))));
        }
        add(part, node, 3_600, "state_transition", "{\"to\":\"delayed\"}");
    }

    private void add(List<Event> part, int node, int second, String type, String payload) {
        long micros = Times.micros(start.plusSeconds(second));
        part.add(made.read(NewEvents.line(id(node), "e" + second, micros, type, payload)));
    }

    private String put(TwinEngine engine) throws IOException {
        byte[] document = document();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(document);
            String digest = "sha256:" + HexFormat.of().formatHex(hash);
            var _ = engine.trustQueries().put(digest, new ByteArrayInputStream(document));
            return digest.substring("sha256:".length());
        } catch (NoSuchAlgorithmException | SbomFault e) {
            throw new IllegalStateException(e);
        }
    }

    /// A root that depends on every hundredth component, and each of these on the hundred after it.
    private byte[] document() {
        StringBuilder components = new StringBuilder();
        StringBuilder dependencies = new StringBuilder("{\"ref\":\"root\",\"dependsOn\":[");
        StringBuilder below = new StringBuilder();
        int first = random.nextInt(PACKAGES);
        for (int i = 0; i < COMPONENTS; i++) {
            // Apart from each other by a number that shares no divisor with how many there are.
            String name = "package-" + (first + i * 7_919L) % PACKAGES;
            String version = (1 + random.nextInt(3)) + "." + random.nextInt(20) + ".0";
            components
                    .append(i == 0 ? "" : ",")
                    .append(
                            "{\"bom-ref\":\"c%d\",\"type\":\"library\",\"name\":\"%s\",\"version\":\"%s\",\"purl\":\"pkg:npm/%s@%s\"}"
                                    .formatted(i, name, version, name, version));
            if (i % 100 == 0) {
                dependencies.append(i == 0 ? "" : ",").append("\"c").append(i).append('"');
                below.append(i == 0 ? "" : "]}");
                below.append(",{\"ref\":\"c").append(i).append("\",\"dependsOn\":[");
            } else {
                below.append(i % 100 == 1 ? "" : ",").append("\"c").append(i).append('"');
            }
        }
        return ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":"
                        + "{\"bom-ref\":\"root\",\"type\":\"application\",\"name\":\"app\"}},"
                        + "\"components\":["
                        + components
                        + "],\"dependencies\":["
                        + dependencies
                        + "]}"
                        + below
                        + "]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
