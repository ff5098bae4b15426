package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.TrustQueries.NodePage;
import io.souverix.twin.engine.past.AsOf;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stored documents and what is found by them, in the present and any past. `-Dseed=N`.
final class AffectedTest {
    private static final String PURL = "pkg:npm/lodash";
    private static final int SECONDS = 10_000;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Facts.START.plusSeconds(SECONDS));

    private TwinEngine open(Path directory) {
        EngineOptions options =
                EngineOptions.defaults().withShards(2).withClock((InstantSource) now::get);
        return TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
    }

    private static byte[] document(String version) {
        return """
        {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":
         {"bom-ref":"r","type":"application","name":"app"}},"components":[{"bom-ref":"l",
         "type":"library","name":"lodash","purl":"pkg:npm/lodash@%s"}],
         "dependencies":[{"ref":"r","dependsOn":["l"]}]}\
        """
                .formatted(version)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] bytes) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return "sha256:" + HexFormat.of().formatHex(hash);
    }

    private static String put(TwinEngine engine, byte[] bytes) throws Exception {
        String digest = digest(bytes);
        var _ = engine.trustQueries().put(digest, new ByteArrayInputStream(bytes));
        return digest;
    }

    /// The ids that rows of a list name, in a text.
    private static String ids(JsonObject answer, String list) {
        TreeSet<String> ids = new TreeSet<>();
        for (Json row : rows(answer, list)) {
            ids.add(JsonWriter.text(Objects.requireNonNull(((JsonObject) row).member("node_id"))));
        }
        return String.join(" ", ids).replace("\"", "");
    }

    private static List<Json> rows(JsonObject answer, String list) {
        return ((JsonArray) Objects.requireNonNull(answer.member(list))).elements();
    }

    private static JsonObject affected(TwinEngine engine, String versions, AsOf asOf) {
        NodePage page = engine.nodePage("affected", asOf, false, null, 1000);
        return engine.trustQueries().affected(PURL, versions, page).build();
    }

    @Test
    void a_stored_document_makes_the_hash_affirming_for_every_instant(@TempDir Path directory)
            throws Exception {
        byte[] bytes = document("4.17.20");
        String hash = digest(bytes).substring(7).toUpperCase(java.util.Locale.ROOT);
        long before = Times.micros(now.get());
        try (TwinEngine engine = open(directory)) {
            var _ =
                    Lines.append(
                            engine,
                            List.of(
                                    Facts.node(
                                            "n1",
                                            "e1",
                                            0,
                                            "update_completed",
                                            "{'version':'1.0.0','sbom_hash':'" + hash + "'}"),
                                    Facts.node(
                                            "n2",
                                            "e1",
                                            0,
                                            "update_completed",
                                            "{'version':'1.0.0','sbom_hash':'other'}")));
            assertThat(sbomVerdict(engine, AsOf.PRESENT)).isEqualTo("\"warning\"");
            String score = trustMean(engine, AsOf.PRESENT);
            AsOf past = AsOf.at(Times.micros(Facts.START.plusSeconds(5)));
            String pastScore = trustMean(engine, past);
            now.set(now.get().plusSeconds(60));
            String digest = put(engine, bytes);
            assertThat(sbomVerdict(engine, AsOf.PRESENT)).isEqualTo("\"affirming\"");
            assertThat(trustMean(engine, AsOf.PRESENT)).isNotEqualTo(score);
            assertThat(trustMean(engine, past)).isNotEqualTo(pastScore);
            assertThat(trustMean(engine, engine.asOf(past.atMicros(), before)))
                    .isEqualTo(pastScore);
            assertThat(sbomVerdict(engine, AsOf.at(Times.micros(Facts.START))))
                    .isEqualTo("\"affirming\"");
            assertThat(sbomVerdict(engine, engine.asOf(AsOf.ALL, before))).isEqualTo("\"warning\"");
            assertThat(ids(affected(engine, "<4.17.21", AsOf.PRESENT), "nodes")).isEqualTo("n1");
            assertThat(ids(affected(engine, "<4.17.21", engine.asOf(AsOf.ALL, before)), "nodes"))
                    .isEmpty();
            assertThat(rows(affected(engine, ">1", AsOf.PRESENT), "nodes").getFirst().toString())
                    .contains("\"path\":[\"app\",\"pkg:npm/lodash@4.17.20\"]", digest);
            assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
        }
        try (TwinEngine engine = open(directory)) {
            assertThat(sbomVerdict(engine, AsOf.PRESENT)).isEqualTo("\"affirming\"");
            assertThat(sbomVerdict(engine, engine.asOf(AsOf.ALL, before))).isEqualTo("\"warning\"");
            assertThat(ids(affected(engine, "<4.17.21", AsOf.PRESENT), "nodes")).isEqualTo("n1");
        }
    }

    private static String trustMean(TwinEngine engine, AsOf asOf) {
        JsonObject answer =
                engine.projection(Projection.TRUST, List.of(Dimension.ZONE), false, asOf);
        JsonObject total = (JsonObject) Objects.requireNonNull(answer.member("total"));
        return JsonWriter.text(Objects.requireNonNull(total.member("mean_score")));
    }

    private static String sbomVerdict(TwinEngine engine, AsOf asOf) {
        return Answers.value(engine.trust("n1", asOf), "parts/sbom/verdict");
    }

    @Test
    void pages_of_affected_nodes_make_the_whole(@TempDir Path directory) throws Exception {
        try (TwinEngine engine = open(directory)) {
            String digest = put(engine, document("1.0.0"));
            List<String> lines = new ArrayList<>();
            for (int i = 100; i < 150; i++) {
                lines.add(
                        Facts.node(
                                "n" + i,
                                "e",
                                0,
                                "actual_state_reported",
                                "{'sbom_hash':'" + digest + "'}"));
            }
            var _ = Lines.append(engine, lines);
            List<String> seen = new ArrayList<>();
            @Nullable String cursor = null;
            do {
                NodePage page = engine.nodePage("affected", AsOf.PRESENT, false, cursor, 7);
                JsonObject answer = engine.trustQueries().affected(PURL, null, page).build();
                assertThat(answer.member("total")).isEqualTo(Json.of(50));
                rows(answer, "nodes")
                        .forEach(row ->
                                seen.add(String.valueOf(((JsonObject) row).member("node_id"))));
                cursor =
                        answer.member("next_cursor") instanceof Json.JsonString(String next)
                                ? next
                                : null;
                var _ =
                        Lines.append(
                                engine,
                                List.of(Facts.node("n1" + seen.size(), "late", 5, "x_any", "{}")));
            } while (cursor != null);
            assertThat(seen).hasSize(50).doesNotHaveDuplicates().isSorted();
        }
    }

    @Test
    void affected_nodes_equal_a_recount_at_any_instant_and_knowledge(@TempDir Path directory)
            throws Exception {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("AffectedTest seed " + seed);
        Random random = new Random(seed);
        List<String> hashes = new ArrayList<>(List.of("loose-1", "loose-2", "loose-3"));
        TwinEngine engine = open(directory);
        try {
            for (String version : List.of("1.0.0", "2.0.0", "2.0.0-rc.1", "latest")) {
                hashes.add(
                        random.nextInt(4) == 0
                                ? digest(document(version))
                                : put(engine, document(version)));
            }
            List<Instant> known = new ArrayList<>();
            for (int batch = 0; batch < 8; batch++) {
                now.set(now.get().plusSeconds(1_000));
                known.add(now.get().minusSeconds(1));
                var _ = Lines.append(engine, events(random, hashes, batch));
                if (random.nextInt(3) == 0) {
                    engine.checkpoint();
                    engine.close();
                    engine = open(directory);
                }
            }
            requireRecount(engine, AsOf.PRESENT, "seed " + seed);
            for (int i = 0; i < 6; i++) {
                long at = Times.micros(Facts.START.plusSeconds(random.nextInt(SECONDS)));
                requireRecount(engine, AsOf.at(at), "at " + Times.text(at) + " seed " + seed);
                long by = Times.micros(known.get(random.nextInt(known.size())));
                requireRecount(
                        engine,
                        engine.asOf(at, by),
                        "known at " + Times.text(by) + ", at " + Times.text(at) + " seed " + seed);
            }
        } finally {
            engine.close();
        }
    }

    private static List<String> events(Random random, List<String> hashes, int batch) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String node = "n" + random.nextInt(8);
            String id = "e" + batch + "-" + random.nextInt(12);
            long second = random.nextInt(SECONDS);
            String hash = hashes.get(random.nextInt(hashes.size()));
            lines.add(
                    switch (random.nextInt(7)) {
                        case 0 ->
                                Facts.node(
                                        node,
                                        id,
                                        second,
                                        "node_registered",
                                        "{'component_type':'app','region':'r','zone':'z'}");
                        case 1, 2 ->
                                Facts.node(
                                        node,
                                        id,
                                        second,
                                        "update_completed",
                                        "{'version':'1.0.0','sbom_hash':'" + hash + "'}");
                        case 3, 4 ->
                                Facts.node(
                                        node,
                                        id,
                                        second,
                                        "sbom_updated",
                                        "{'component':'app','version':'1.0.0','sbom_hash':'%s','dependencies':[{'name':'x','version':'1'},{'name':'lodash','version':'%s'%s}]}"
                                                .formatted(
                                                        hash,
                                                        random.nextInt(3) + ".5.0",
                                                        random.nextBoolean()
                                                                ? ",'purl':'pkg:npm/lodash'"
                                                                : ""));
                        case 5 ->
                                Facts.node(
                                        node,
                                        id,
                                        second,
                                        random.nextBoolean()
                                                ? "decommissioning_completed"
                                                : "provisioning_started",
                                        "{}");
                        default ->
                                Facts.annulment(
                                        node,
                                        id,
                                        second,
                                        "e" + random.nextInt(batch + 1) + "-" + random.nextInt(12),
                                        random.nextInt(SECONDS));
                    });
        }
        return lines;
    }

    /// Compares with what every twin, seen one by one, runs.
    private static void requireRecount(TwinEngine engine, AsOf asOf, String what) {
        JsonObject found = affected(engine, ">=1.0.0|<2.0.0", asOf);
        TreeSet<String> nodes = new TreeSet<>();
        TreeSet<String> indeterminate = new TreeSet<>();
        for (int i = 0; i < 8; i++) {
            String node = "n" + i;
            if (!(engine.twin(node, asOf) instanceof Answer.Found found1)
                    || Answers.value(found1, "lifecycle/phase").equals("\"decommissioned\"")) {
                continue;
            }
            String hash = Answers.value(found1, "lifecycle/software/sbom_hash").replace("\"", "");
            for (String version : versions(engine, node, hash, asOf)) {
                (version.equals("latest") ? indeterminate : nodes)
                        .add(version.equals("latest") || inside(version) ? node : "");
            }
        }
        nodes.remove("");
        assertThat(ids(found, "nodes")).as(what).isEqualTo(String.join(" ", nodes));
        assertThat(ids(found, "indeterminate")).as(what).isEqualTo(String.join(" ", indeterminate));
        assertThat(found.member("total")).as(what).isEqualTo(Json.of(nodes.size()));
    }

    private static boolean inside(String version) {
        return version.startsWith("1.") || version.equals("2.0.0-rc.1");
    }

    /// The versions of the package in an SBOM: of the stored document, or of the newest event.
    private static List<String> versions(TwinEngine engine, String node, String hash, AsOf asOf) {
        for (String version : List.of("1.0.0", "2.0.0", "2.0.0-rc.1", "latest")) {
            try {
                String digest = digest(document(version));
                if (digest.equals(hash) && engine.trustQueries().isStored(digest, asOf)) {
                    return List.of(version);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        List<String> versions = List.of();
        EventsQuery query =
                new EventsQuery(
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        List.of("sbom_updated"),
                        false,
                        1000,
                        asOf,
                        null);
        for (EventsQuery.Stored stored : engine.events(node, query).orElseThrow().events()) {
            if (!stored.annulled()
                    && stored.event().payload()
                            instanceof io.souverix.twin.core.event.Payload.SbomUpdated sbom
                    && sbom.sbomHash().equals(hash)) {
                versions = List.of(sbom.dependencies().getLast().version());
            }
        }
        return versions;
    }
}
