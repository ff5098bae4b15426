package io.souverix.twin.core.fleet;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;

/// How the seconds that are owed in a group are shown.
final class SyncDebt {
    private SyncDebt() {}

    static JsonObject json(Json mean, Json median, Json nearlyAll, Json most) {
        return new JsonObject.Builder()
                .put("mean_seconds", mean)
                .put("p50_seconds", median)
                .put("p95_seconds", nearlyAll)
                .put("max_seconds", most)
                .put("bucket_seconds", 1)
                .build();
    }
}
