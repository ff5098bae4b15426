package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AcceptTest {
    private static final List<String> BOTH = List.of(Route.JSON, Route.NDJSON);

    @Test
    void the_first_offer_is_taken_where_all_are_welcome() {
        assertThat(Accept.choose(null, BOTH)).isEqualTo(Route.JSON);
        assertThat(Accept.choose(" ", BOTH)).isEqualTo(Route.JSON);
        assertThat(Accept.choose("*/*", BOTH)).isEqualTo(Route.JSON);
        assertThat(Accept.choose("application/*", BOTH)).isEqualTo(Route.JSON);
    }

    @Test
    void the_better_liked_offer_is_taken() {
        assertThat(Accept.choose("application/x-ndjson", BOTH)).isEqualTo(Route.NDJSON);
        assertThat(Accept.choose("application/json;q=0.5, application/x-ndjson;q=0.6", BOTH))
                .isEqualTo(Route.NDJSON);
        assertThat(Accept.choose("text/html, APPLICATION/JSON; charset=utf-8; Q=0.1", BOTH))
                .isEqualTo(Route.JSON);
    }

    @Test
    void the_most_specific_range_decides() {
        assertThat(Accept.choose("*/*;q=0.9, application/json;q=0.1", BOTH))
                .isEqualTo(Route.NDJSON);
        assertThat(Accept.choose("application/json;q=0, */*", BOTH)).isEqualTo(Route.NDJSON);
    }

    @Test
    void what_is_not_offered_is_not_acceptable() {
        for (String header : List.of("text/csv", "*/*;q=0", "application/json;q=x", ",;")) {
            assertThatThrownBy(() -> Accept.choose(header, List.of(Route.JSON)))
                    .as(header)
                    .isInstanceOf(ProblemException.class);
        }
    }
}
