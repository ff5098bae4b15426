package io.souverix.twin.torture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AskingTest {
    @TempDir Path directory;

    private final Tally tally = new Tally();

    private Asking asking() {
        return new Asking(
                HttpClient.newHttpClient(),
                0,
                tally,
                directory,
                Instant.parse("2026-02-26T12:00:00Z"),
                Instant.parse("2026-02-27T12:00:00Z"));
    }

    @Test
    void an_answer_that_is_not_the_recount_is_told_with_its_question_instant_and_what_differs() {
        asking().same("aggregate", "/v1/x", Map.of("nodes", "3"), Map.of("nodes", "4"));
        assertThatThrownBy(tally::requireNoMismatch)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("aggregate /v1/x at 2026-02-26T12:00:00Z")
                .hasMessageContaining("known at 2026-02-27T12:00:00Z")
                .hasMessageContaining("/nodes: expected \"3\", found \"4\"");
    }

    @Test
    void a_list_with_an_element_too_few_or_too_many_is_wrong_unless_it_was_cut() {
        asking().sameList("list", "", List.of("a", "b"), List.of("a"), true);
        assertThatCode(tally::requireNoMismatch).doesNotThrowAnyException();
        asking().sameList("list", "", List.of("a", "b"), List.of("a"), false);
        asking().sameList("list", "", List.of("a"), List.of("a", "b"), true);
        assertThatThrownBy(tally::requireNoMismatch).hasMessageContaining("2 answers are wrong");
    }
}
