package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.changes.Topic;
import io.souverix.twin.engine.changes.ViewFilter;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.past.AsOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever watches trust is told what time alone does to it.
final class FollowingTimeTest {
    private static final Watch TRUST = Watch.ofNodes(Set.of(Topic.TRUST), ViewFilter.ALL);

    private final AtomicReference<Instant> now = new AtomicReference<>(Facts.START.plusSeconds(60));
    private final TwinEngine engine =
            TwinEngine.inMemory(EngineOptions.defaults().withClock(now::get).withShards(2));

    @AfterEach
    void close() {
        engine.close();
    }

    private JsonObject await(Follower follower, int changes) {
        for (int i = 0; i < 5_000 && follower.changes.size() < changes; i++) {
            var _ = follower.take();
        }
        return follower.changes.get(changes - 1);
    }

    @Test
    void trust_that_ages_is_told_at_each_step_without_an_event() {
        try (Follower follower = new Follower(engine, TRUST).start()) {
            var _ =
                    Lines.append(
                            engine,
                            List.of(
                                    Facts.node(
                                            "a",
                                            "e1",
                                            0,
                                            "attestation_performed",
                                            "{'result':'verified'}")));
            assertThat(Answers.value(await(follower, 1), "cause")).isEqualTo("\"events\"");
            int told = 1;
            for (int minutes : List.of(71, 81, 181)) {
                now.set(Facts.START.plus(Duration.ofMinutes(minutes)));
                JsonObject change = await(follower, ++told);
                assertThat(Answers.value(change, "cause")).isEqualTo("\"time\"");
                assertThat(Answers.value(change, "twin/trust/trust_score"))
                        .isEqualTo(
                                Answers.value(engine.twin("a", AsOf.PRESENT), "trust/trust_score"));
            }
            assertThat(follower.changes).hasSize(told);
        }
    }
}
