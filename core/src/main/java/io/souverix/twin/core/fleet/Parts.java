package io.souverix.twin.core.fleet;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The sums of a group, spread over the shards.
record Parts(List<GroupSums> list) {
    Parts {
        list = List.copyOf(list);
    }

    long sum(ToLongFunction<GroupSums> field) {
        long sum = 0;
        for (GroupSums part : list) {
            sum += field.applyAsLong(part);
        }
        return sum;
    }

    /// @param unknown whether the last count is of those of which it is not known
    JsonObject counts(Worded[] names, boolean unknown, Function<GroupSums, long[]> field) {
        long[] sums = new long[names.length + 1];
        for (GroupSums part : list) {
            long[] counts = field.apply(part);
            for (int i = 0; i < counts.length; i++) {
                sums[i] += counts[i];
            }
        }
        JsonObject.Builder counts = new JsonObject.Builder();
        for (int i = 0; i < names.length; i++) {
            counts.put(names[i].word(), sums[i]);
        }
        if (unknown) {
            counts.put("unknown", sums[names.length]);
        }
        return counts.build();
    }
}
