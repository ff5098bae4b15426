package io.souverix.twin.core.fleet;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The sums of one group as the shards hold them, one each.
record ShardSums(List<GroupSums> list) {
    ShardSums {
        list = List.copyOf(list);
    }

    long sum(ToLongFunction<GroupSums> field) {
        long sum = 0;
        for (GroupSums sums : list) {
            sum += field.applyAsLong(sums);
        }
        return sum;
    }

    /// @param unknown whether the last count is of those of which it is not known
    JsonObject counts(Worded[] names, boolean unknown, Function<GroupSums, long[]> field) {
        long[] all = new long[names.length + 1];
        for (GroupSums sums : list) {
            long[] counts = field.apply(sums);
            for (int i = 0; i < counts.length; i++) {
                all[i] += counts[i];
            }
        }
        JsonObject.Builder counts = new JsonObject.Builder();
        for (int i = 0; i < names.length; i++) {
            counts.put(names[i].word(), all[i]);
        }
        if (unknown) {
            counts.put("unknown", all[names.length]);
        }
        return counts.build();
    }
}
