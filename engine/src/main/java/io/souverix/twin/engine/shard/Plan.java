package io.souverix.twin.engine.shard;

import io.souverix.twin.core.query.Condition;
import io.souverix.twin.core.query.Condition.All;
import io.souverix.twin.core.query.Condition.Any;
import io.souverix.twin.core.query.Condition.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// How the nodes of a shard that pass a condition are found: the index gives candidates, and what it
/// cannot say is tested on them.
///
/// @param places the candidates, not to be changed; null for every node
/// @param rest what must be tested on each; null where every candidate passes
record Plan(@Nullable RoaringBitmap places, @Nullable Condition rest) {

    /// Every node, untested.
    static final Plan NONE = new Plan(null, null);

    static Plan of(Condition condition, FieldIndex index) {
        return switch (condition) {
            case All(List<Condition> parts) -> all(parts, index);
            case Any(List<Condition> parts) -> any(condition, parts, index);
            case Check<?> check -> {
                RoaringBitmap places = index.places(check);
                yield new Plan(places, places == null ? check : null);
            }
        };
    }

    private static Plan all(List<Condition> parts, FieldIndex index) {
        RoaringBitmap places = null;
        List<Condition> rest = new ArrayList<>();
        for (Condition part : parts) {
            Plan plan = of(part, index);
            if (plan.places != null) {
                places = places == null ? plan.places : RoaringBitmap.and(places, plan.places);
            }
            if (plan.rest != null) {
                rest.add(plan.rest);
            }
        }
        return new Plan(places, rest.isEmpty() ? null : new All(rest));
    }

    /// The candidates of every part; where a part has no bound, every node.
    private static Plan any(Condition whole, List<Condition> parts, FieldIndex index) {
        RoaringBitmap places = new RoaringBitmap();
        boolean exact = true;
        for (Condition part : parts) {
            Plan plan = of(part, index);
            if (plan.places == null) {
                return new Plan(null, whole);
            }
            places = RoaringBitmap.or(places, plan.places);
            exact &= plan.rest == null;
        }
        return new Plan(places, exact ? null : whole);
    }
}
