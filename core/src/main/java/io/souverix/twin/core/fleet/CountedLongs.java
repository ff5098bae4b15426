package io.souverix.twin.core.fleet;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A multiset of numbers that tells the k-th smallest without a walk over all: numbers lie in coarse
/// buckets that know their count. Adding and removing are inverse. Not thread-safe.
public final class CountedLongs {
    private final long bucketWidth;
    private final NavigableMap<Long, Bucket> buckets = new TreeMap<>();
    private long count;

    private static final class Bucket {
        private final NavigableMap<Long, Integer> counts = new TreeMap<>();
        private long count;
    }

    /// @param bucketWidth how many neighbouring numbers share a bucket
    CountedLongs(long bucketWidth) {
        this.bucketWidth = bucketWidth;
    }

    /// Adds the number once (`times` 1) or removes it once (-1).
    void add(long number, int times) {
        long key = Math.floorDiv(number, bucketWidth);
        Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket());
        bucket.counts.merge(number, times, (a, b) -> a + b == 0 ? null : a + b);
        bucket.count += times;
        count += times;
        if (bucket.counts.isEmpty()) {
            buckets.remove(key);
        }
    }

    long count() {
        return count;
    }

    /// The smallest number of several multisets that together hold one.
    static long smallest(List<CountedLongs> sets) {
        long smallest = Long.MAX_VALUE;
        for (CountedLongs set : sets) {
            if (!set.buckets.isEmpty()) {
                smallest =
                        Math.min(smallest, set.buckets.firstEntry().getValue().counts.firstKey());
            }
        }
        return smallest;
    }

    /// The largest number of several multisets that together hold one.
    static long largest(List<CountedLongs> sets) {
        long largest = Long.MIN_VALUE;
        for (CountedLongs set : sets) {
            if (!set.buckets.isEmpty()) {
                largest = Math.max(largest, set.buckets.lastEntry().getValue().counts.lastKey());
            }
        }
        return largest;
    }

    /// The k-th smallest (0-based) of all numbers in several multisets of one bucket width.
    static long select(List<CountedLongs> sets, long rank) {
        TreeMap<Long, Long> totals = new TreeMap<>();
        for (CountedLongs set : sets) {
            set.buckets.forEach((key, bucket) -> totals.merge(key, bucket.count, Long::sum));
        }
        long before = 0;
        for (Map.Entry<Long, Long> total : totals.entrySet()) {
            if (before + total.getValue() > rank) {
                return within(sets, total.getKey(), rank - before);
            }
            before += total.getValue();
        }
        throw new IllegalArgumentException("found rank " + rank + " of " + before + " numbers");
    }

    private static long within(List<CountedLongs> sets, long key, long rank) {
        TreeMap<Long, Integer> merged = new TreeMap<>();
        for (CountedLongs set : sets) {
            Bucket bucket = set.buckets.get(key);
            if (bucket != null) {
                bucket.counts.forEach((number, times) -> merged.merge(number, times, Integer::sum));
            }
        }
        long before = 0;
        for (Map.Entry<Long, Integer> entry : merged.entrySet()) {
            before += entry.getValue();
            if (before > rank) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("a bucket counts more than it holds");
    }

    /// The sum over the numbers above a bound of what they exceed it by.
    long excessAbove(long bound) {
        long excess = 0;
        for (Bucket bucket : buckets.tailMap(Math.floorDiv(bound, bucketWidth), true).values()) {
            for (Map.Entry<Long, Integer> entry : bucket.counts.tailMap(bound, false).entrySet()) {
                excess += (entry.getKey() - bound) * entry.getValue();
            }
        }
        return excess;
    }
}
