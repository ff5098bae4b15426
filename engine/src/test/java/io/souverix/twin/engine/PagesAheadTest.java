package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PagesAheadTest {
    private static final AsOf THEN = new AsOf(1_000, 500);

    private final PagesAhead ahead = new PagesAhead();

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private @Nullable List<Integer> next(String list, AsOf asOf, int after, int count) {
        return ahead.next(list, asOf, (Integer number) -> number > after, count);
    }

    @Test
    void a_page_is_found_after_any_hit_that_is_kept() {
        ahead.keep("list", THEN, numbers(0, 100), false);

        assertThat(next("list", THEN, 0, 10)).isEqualTo(numbers(1, 11));
        assertThat(next("list", THEN, 89, 10)).isEqualTo(numbers(90, 100));
    }

    @Test
    void what_may_have_a_gap_is_not_answered() {
        ahead.keep("list", THEN, numbers(50, 100), false);

        assertThat(next("list", THEN, 90, 10)).as("beyond the end").isNull();
        assertThat(next("list", THEN, 40, 5)).as("before the first").isNull();
        assertThat(next("other", THEN, 60, 5)).as("another list").isNull();
        assertThat(next("list", new AsOf(1_001, 500), 60, 5)).as("another instant").isNull();
    }

    @Test
    void the_end_of_a_list_is_a_page_of_what_is_left() {
        ahead.keep("list", THEN, numbers(0, 100), true);

        assertThat(next("list", THEN, 95, 10)).isEqualTo(numbers(96, 100));
        assertThat(next("list", THEN, 99, 10)).isEmpty();
    }

    @Test
    void no_more_hits_than_the_bound_are_kept_and_no_more_lists() {
        ahead.keep("long", THEN, numbers(0, PagesAhead.MAX_HITS + 1), true);

        assertThat(next("long", THEN, PagesAhead.MAX_HITS - 2, 1))
                .containsExactly(PagesAhead.MAX_HITS - 1);
        assertThat(next("long", THEN, PagesAhead.MAX_HITS - 1, 1)).isNull();

        for (int i = 0; i < PagesAhead.MAX_LISTS; i++) {
            ahead.keep("list " + i, THEN, numbers(0, 10), true);
        }
        assertThat(next("long", THEN, 0, 1)).isNull();
        assertThat(next("list 0", THEN, 0, 1)).containsExactly(1);
    }
}
