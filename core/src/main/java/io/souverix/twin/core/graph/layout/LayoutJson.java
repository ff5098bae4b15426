package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.event.AuthorityLevel;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.graph.layout.LayoutBytes.Stamp;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The map and its states for people: the same as [LayoutBytes], in pages by index.
public final class LayoutJson {
    private LayoutJson() {}

    /// The slots of homes from an index on, with all areas on the first page.
    public static JsonObject.Builder layout(Lattice lattice, Stamp stamp, int from, int limit) {
        JsonObject.Builder out = begin(lattice, stamp);
        out.put("width", lattice.width()).put("height", lattice.height());
        List<Json> areas = new ArrayList<>();
        for (Area area : from == 0 ? lattice.areas() : List.<Area>of()) {
            areas.add(area(area));
        }
        List<Json> homes = new ArrayList<>();
        int to = Math.min(lattice.size(), from + limit);
        for (int index = from; index < to; index++) {
            Home home = lattice.home(index);
            homes.add(
                    new JsonObject.Builder()
                            .put("index", index)
                            .put("id", home.id())
                            .put("region", home.region())
                            .put("zone", home.zone())
                            .put("cluster", home.cluster())
                            .put("x", lattice.x(index))
                            .put("y", lattice.y(index))
                            .build());
        }
        return out.put("areas", new JsonArray(areas)).put("homes", new JsonArray(homes));
    }

    private static JsonObject.Builder begin(Lattice lattice, Stamp stamp) {
        boolean first = stamp.fromMicros() == Long.MIN_VALUE;
        return new JsonObject.Builder()
                .put("revision", stamp.revision())
                .put("from", first ? null : Times.text(stamp.fromMicros()))
                .put("count", lattice.size());
    }

    private static JsonObject area(Area area) {
        Area above = area.above();
        List<Json> rects = new ArrayList<>();
        for (Rect rect : area.rects()) {
            rects.add(
                    new JsonObject.Builder()
                            .put("x", rect.x())
                            .put("y", rect.y())
                            .put("width", rect.width())
                            .put("height", rect.height())
                            .build());
        }
        return new JsonObject.Builder()
                .put("area", area.number())
                .put("level", area.level().name().toLowerCase(Locale.ROOT))
                .put("name", area.name())
                .put("above", above == null ? JsonLiteral.NULL : Json.of(above.number()))
                .put("rects", new JsonArray(rects))
                .build();
    }

    /// The states of homes from an index on; absent ones are left out.
    public static JsonObject.Builder states(
            short[] states, Lattice lattice, Stamp stamp, int from, int limit) {
        List<Json> shown = new ArrayList<>();
        int to = Math.min(states.length, from + limit);
        for (int index = from; index < to; index++) {
            if ((states[index] & NodeBits.ABSENT) == 0) {
                shown.add(state(index, lattice.home(index).id(), states[index] & 0xffff));
            }
        }
        return begin(lattice, stamp).put("states", new JsonArray(shown));
    }

    private static JsonObject state(int index, String id, int bits) {
        return new JsonObject.Builder()
                .put("index", index)
                .put("id", id)
                .put("bits", bits)
                .put("connectivity", word(ConnectivityState.values(), NodeBits.connectivity(bits)))
                .put("drift", NodeBits.drift(bits))
                .put("drift_evaluated", NodeBits.isEvaluated(bits))
                .put("trust", NodeBits.trust(bits).name().toLowerCase(Locale.ROOT))
                .put("authority", word(AuthorityLevel.values(), NodeBits.authority(bits) - 1))
                .put("conflict", NodeBits.isConflict(bits))
                .put("debt", NodeBits.debt(bits))
                .build();
    }

    private static @Nullable String word(Worded[] values, int ordinal) {
        return ordinal >= 0 && ordinal < values.length ? values[ordinal].word() : null;
    }
}
