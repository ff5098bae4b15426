package io.souverix.twin.core.fleet;

import java.util.Arrays;
import java.util.List;

/// A multiset of numbers that tells the k-th smallest without a walk over all. Adding and removing are
/// inverse. Not thread-safe.
///
/// The numbers stand sorted in short runs, a repeated one as often as it was added; the first of each
/// run is kept beside it. Adding is two binary searches and a move within one run, and makes no
/// garbage: every change of a node adds to, and removes from, all of its groups.
public final class CountedLongs {
    /// A run that is full is split in two.
    static final int MAX_RUN = 256;

    private static final int FIRST_ROOM = 4;
    private static final long[] NONE = {};

    private long[][] runs = new long[1][];
    private long[] firsts = new long[1];
    private int[] sizes = new int[1];
    private int used;
    private long count;

    /// Adds the number once (`times` 1) or removes it once (-1).
    void add(long number, int times) {
        if (times > 0) {
            insert(number);
        } else {
            remove(number);
        }
        count += times;
    }

    /// Adds all numbers of another multiset.
    void addAll(CountedLongs more) {
        for (int run = 0; run < more.used; run++) {
            for (int at = 0; at < more.sizes[run]; at++) {
                add(more.runs[run][at], 1);
            }
        }
    }

    private void insert(long number) {
        if (used == 0) {
            open(0, new long[FIRST_ROOM], 0);
        }
        int run = Math.max(0, runOf(number));
        if (sizes[run] == MAX_RUN) {
            split(run);
            run = Math.max(run, runOf(number));
        }
        int size = sizes[run];
        if (size == runs[run].length) {
            runs[run] = Arrays.copyOf(runs[run], Math.min(MAX_RUN, size * 2));
        }
        long[] numbers = runs[run];
        int at = notAbove(numbers, size, number);
        System.arraycopy(numbers, at, numbers, at + 1, size - at);
        numbers[at] = number;
        sizes[run]++;
        firsts[run] = numbers[0];
    }

    private void remove(long number) {
        int run = runOf(number);
        int at = run < 0 ? 0 : notAbove(runs[run], sizes[run], number) - 1;
        if (run < 0 || runs[run][at] != number) {
            throw new IllegalStateException("found no " + number + " to remove");
        }
        long[] numbers = runs[run];
        int size = --sizes[run];
        System.arraycopy(numbers, at + 1, numbers, at, size - at);
        firsts[run] = numbers[0];
        if (size == 0) {
            close(run);
        } else if (run + 1 < used && size + sizes[run + 1] <= MAX_RUN / 2) {
            join(run);
        }
    }

    /// The last run that begins at or below a number; -1 where there is none.
    private int runOf(long number) {
        return notAbove(firsts, used, number) - 1;
    }

    /// How many of the first sorted numbers are not above a bound.
    private static int notAbove(long[] numbers, int size, long bound) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] <= bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void split(int run) {
        long[] upper = new long[MAX_RUN];
        int kept = MAX_RUN / 2;
        System.arraycopy(runs[run], kept, upper, 0, MAX_RUN - kept);
        sizes[run] = kept;
        open(run + 1, upper, MAX_RUN - kept);
    }

    /// Takes the numbers of the next run in.
    private void join(int run) {
        int size = sizes[run];
        int more = sizes[run + 1];
        if (size + more > runs[run].length) {
            runs[run] = Arrays.copyOf(runs[run], MAX_RUN);
        }
        System.arraycopy(runs[run + 1], 0, runs[run], size, more);
        sizes[run] = size + more;
        close(run + 1);
    }

    private void open(int run, long[] numbers, int size) {
        if (used == runs.length) {
            runs = Arrays.copyOf(runs, used * 2);
            firsts = Arrays.copyOf(firsts, used * 2);
            sizes = Arrays.copyOf(sizes, used * 2);
        }
        move(run, run + 1);
        runs[run] = numbers;
        firsts[run] = numbers[0];
        sizes[run] = size;
        used++;
    }

    private void close(int run) {
        move(run + 1, run);
        used--;
        // The last place is free: what was there must not be held any more.
        runs[used] = NONE;
    }

    private void move(int from, int to) {
        System.arraycopy(runs, from, runs, to, used - from);
        System.arraycopy(firsts, from, firsts, to, used - from);
        System.arraycopy(sizes, from, sizes, to, used - from);
    }

    long count() {
        return count;
    }

    /// How many numbers are not above a bound.
    private long countUpTo(long bound) {
        int run = runOf(bound);
        if (run < 0) {
            return 0;
        }
        long below = 0;
        for (int i = 0; i < run; i++) {
            below += sizes[i];
        }
        return below + notAbove(runs[run], sizes[run], bound);
    }

    /// The smallest number of several multisets that together hold one.
    static long smallest(List<CountedLongs> sets) {
        long smallest = Long.MAX_VALUE;
        for (CountedLongs set : sets) {
            if (set.used > 0) {
                smallest = Math.min(smallest, set.firsts[0]);
            }
        }
        return smallest;
    }

    /// The largest number of several multisets that together hold one.
    static long largest(List<CountedLongs> sets) {
        long largest = Long.MIN_VALUE;
        for (CountedLongs set : sets) {
            if (set.used > 0) {
                int last = set.used - 1;
                largest = Math.max(largest, set.runs[last][set.sizes[last] - 1]);
            }
        }
        return largest;
    }

    /// The k-th smallest (0-based) of all numbers in several multisets.
    static long select(List<CountedLongs> sets, long rank) {
        long all = 0;
        for (CountedLongs set : sets) {
            all += set.count;
        }
        if (rank < 0 || rank >= all) {
            throw new IllegalArgumentException("found rank " + rank + " of " + all + " numbers");
        }
        long low = smallest(sets);
        long high = largest(sets);
        while (low < high) {
            long middle = (low & high) + ((low ^ high) >> 1);
            long upTo = 0;
            for (CountedLongs set : sets) {
                upTo += set.countUpTo(middle);
            }
            if (upTo > rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// The sum over the numbers above a bound of what they exceed it by.
    long excessAbove(long bound) {
        long excess = 0;
        for (int run = Math.max(0, runOf(bound)); run < used; run++) {
            for (int at = notAbove(runs[run], sizes[run], bound); at < sizes[run]; at++) {
                excess += runs[run][at] - bound;
            }
        }
        return excess;
    }
}
