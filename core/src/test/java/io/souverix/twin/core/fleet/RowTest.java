package io.souverix.twin.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.trust.Expiry;
import io.souverix.twin.core.trust.IntegrityState;
import io.souverix.twin.core.trust.TrustSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A row is made once and shown at many instants.
class RowTest {
    private static final JsonObject GROUP = new JsonObject.Builder().put("group", "é\"1").build();
    private static final long SECOND = 1_000_000;

    private static GroupSums sums() {
        GroupSums sums = new GroupSums();
        sums.add(node(Facets.NO_DEBT), 1);
        sums.add(node(40 * SECOND), 1);
        return sums;
    }

    private static Facets node(long debtFrom) {
        return new Facets(
                ConnectivityState.DELAYED,
                debtFrom,
                7,
                0,
                0,
                LifecyclePhase.ACTIVE,
                null,
                false,
                false,
                OperationalState.OK,
                DriftStatus.UNKNOWN,
                new DriftSummary(0, 0, 0, 0, false, false, false, false),
                new TrustSummary(IntegrityState.STALE, 5_000, Expiry.NONE),
                "domain-1",
                0,
                0,
                null,
                null,
                null);
    }

    @Test
    void what_is_kept_is_written_as_what_is_not() {
        for (Projection projection : Projection.values()) {
            Row row = projection.row(GROUP, List.of(sums()));
            for (long now : new long[] {50 * SECOND, 50 * SECOND, 3_000 * SECOND}) {
                JsonObject shown = row.at(Catalogue.EMPTY, now);
                String fresh =
                        JsonWriter.text(
                                projection.row(GROUP, List.of(sums())).at(Catalogue.EMPTY, now));
                // The first time it is written whole, then as it was kept, alone and within
                // another.
                assertThat(JsonWriter.text(shown))
                        .isEqualTo(fresh)
                        .startsWith("{\"group\":\"é\\\"1\"");
                assertThat(JsonWriter.text(new Json.JsonArray(List.of(shown, shown))))
                        .isEqualTo("[" + fresh + "," + fresh + "]");
                assertThat(shown).isEqualTo(JsonObject.Builder.of(shown).build());
            }
        }
    }

    @Test
    void what_nodes_owe_grows_with_time() {
        Row row = Projection.CONNECTIVITY.row(GROUP, List.of(sums()));
        assertThat(debt(row, 50 * SECOND))
                .isEqualTo(
                        "{\"mean_seconds\":5,\"p50_seconds\":0,\"p95_seconds\":10,\"max_seconds\":10,\"bucket_seconds\":1}");
        assertThat(debt(row, 3_040 * SECOND))
                .isEqualTo(
                        "{\"mean_seconds\":1500,\"p50_seconds\":0,\"p95_seconds\":3000,\"max_seconds\":3000,\"bucket_seconds\":1}");
        // By a clock behind that of the nodes.
        assertThat(debt(row, 30 * SECOND))
                .isEqualTo(
                        "{\"mean_seconds\":0,\"p50_seconds\":0,\"p95_seconds\":0,\"max_seconds\":0,\"bucket_seconds\":1}");
    }

    @Test
    void of_nodes_that_never_synced_it_is_not_known_what_they_owe() {
        GroupSums sums = new GroupSums();
        sums.add(node(Facets.UNKNOWN_DEBT), 1);
        assertThat(debt(Projection.CONNECTIVITY.row(GROUP, List.of(sums)), 50 * SECOND))
                .isEqualTo(
                        "{\"mean_seconds\":null,\"p50_seconds\":null,\"p95_seconds\":null,\"max_seconds\":null,\"bucket_seconds\":1}");
    }

    private static String debt(Row row, long now) {
        return String.valueOf(row.at(Catalogue.EMPTY, now).member("sync_debt"));
    }
}
