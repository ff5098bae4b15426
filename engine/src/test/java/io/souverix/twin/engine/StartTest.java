package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.past.AsOf;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start takes over of how nodes were counted, and what it counts anew.
final class StartTest {
    private static final byte[] DOCUMENT =
            """
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}\
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final EngineOptions options =
            EngineOptions.defaults()
                    .withShards(2)
                    .withClock(InstantSource.fixed(Facts.START.plusSeconds(60)))
                    .withTwinBytes(1);

    @TempDir Path directory;

    private TwinEngine open(boolean checkpoints) {
        return TwinEngine.open(
                directory,
                options.withCheckpoints(Long.MAX_VALUE, checkpoints),
                TwinEngine.Progress.SILENT);
    }

    private static JsonObject trust(TwinEngine engine) {
        return engine.projection(Projection.TRUST, List.of(), false, AsOf.PRESENT)
                .with("position", null);
    }

    private static JsonObject versions(TwinEngine engine) {
        return engine.projection(Projection.DRIFT, List.of(), false, AsOf.PRESENT)
                .with("position", null);
    }

    private static String digest() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(DOCUMENT);
        return "sha256:" + HexFormat.of().formatHex(hash);
    }

    private static String update(String node) throws Exception {
        return Facts.node(
                node,
                "u",
                2,
                "update_completed",
                "{'version':'1.0.0','sbom_hash':'" + digest() + "'}");
    }

    private static String registered(String node) {
        return Facts.node(
                node,
                "r",
                1,
                "node_registered",
                "{'component_type':'app','region':'r','zone':'z'}");
    }

    @Test
    void a_document_stored_after_the_last_checkpoint_counts_at_the_next_start() throws Exception {
        try (TwinEngine engine = open(true)) {
            var _ = Lines.append(engine, List.of(registered("n-1"), update("n-1")));
        }
        JsonObject without;
        JsonObject with;
        try (TwinEngine engine = open(false)) {
            without = trust(engine);
            var _ = engine.trustQueries().put(digest(), new ByteArrayInputStream(DOCUMENT));
            with = trust(engine);
        }
        assertThat(with).isNotEqualTo(without);
        try (TwinEngine engine = open(true)) {
            assertThat(trust(engine)).isEqualTo(with);
        }
        try (TwinEngine engine = open(true)) {
            assertThat(trust(engine)).isEqualTo(with);
        }
    }

    @Test
    void a_release_published_after_the_last_checkpoint_counts_at_the_next_start() throws Exception {
        String desired =
                Facts.node("n-1", "d", 3, "update_initiated", "{'target_version':'1.0.1'}");
        String release =
                Facts.line(
                        "component",
                        "app",
                        "p",
                        Facts.START.plusSeconds(5).toString(),
                        "release_published",
                        "{'version':'1.0.1','security':true}");
        try (TwinEngine engine = open(true)) {
            var _ = Lines.append(engine, List.of(registered("n-1"), update("n-1"), desired));
        }
        JsonObject after;
        try (TwinEngine engine = open(false)) {
            JsonObject before = versions(engine);
            var _ = Lines.append(engine, List.of(release));
            after = versions(engine);
            assertThat(after).isNotEqualTo(before);
        }
        for (int opening = 0; opening < 2; opening++) {
            try (TwinEngine engine = open(true)) {
                assertThat(versions(engine)).isEqualTo(after);
                assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
            }
        }
    }
}
