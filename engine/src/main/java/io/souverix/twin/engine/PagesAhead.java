package io.souverix.twin.engine;

import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What follows the pages that were asked for last, of a few lists of the past in an order that has
/// to look at every node: without it each page would look at all of them again. A pinned question
/// has the same answer whenever it is asked, so nothing here is ever out of date. Thread-safe.
final class PagesAhead {
    /// Of how many lists.
    static final int MAX_LISTS = 4;

    /// How many hits of each.
    static final int MAX_HITS = 16_384;

    private final Map<Of, Following> kept = new LinkedHashMap<>(8, 0.75f, true);

    /// A list, and what it is asked as of.
    private record Of(String list, AsOf asOf) {}

    /// @param hits in their order, without a gap
    /// @param last whether nothing comes after them
    private record Following(List<?> hits, boolean last) {}

    /// Keeps what follows a page.
    ///
    /// @param hits in their order; those beyond [#MAX_HITS] are not kept
    /// @param last whether nothing comes after them
    synchronized void keep(String list, AsOf asOf, List<?> hits, boolean last) {
        boolean cut = hits.size() > MAX_HITS;
        List<?> first = new ArrayList<>(cut ? hits.subList(0, MAX_HITS) : hits);
        kept.put(new Of(list, asOf), new Following(first, last && !cut));
        if (kept.size() > MAX_LISTS) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /// The hits after a place, so many or, at the end of the list, all there are; null where they are
    /// not kept.
    ///
    /// @param behind whether a hit comes after the place; the place is that of a hit of the list
    @SuppressWarnings("unchecked") // a list has hits of one kind
    synchronized <F> @Nullable List<F> next(
            String list, AsOf asOf, Predicate<F> behind, int count) {
        Following following = kept.get(new Of(list, asOf));
        if (following == null) {
            return null;
        }
        List<F> hits = (List<F>) following.hits();
        int from = firstBehind(hits, behind);
        // Where already the first one is behind the place, others may stand between them.
        boolean there = from > 0 && (following.last() || hits.size() - from >= count);
        return there ? List.copyOf(hits.subList(from, Math.min(hits.size(), from + count))) : null;
    }

    private static <F> int firstBehind(List<F> hits, Predicate<F> behind) {
        int low = 0;
        int high = hits.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (behind.test(hits.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
