package io.souverix.twin.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no JSON, in words for those who sent it.
final class JsonReaderTest {
    private final JsonReader reader = new JsonReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[NaN]",
                "{\"a\": +1}",
                "[-Infinity]",
                "[01]",
                "[1,]",
                "{'a': 1}",
                "// no",
                "{\"a\": 1",
                "{\"a\": [1",
                "[1, 2",
                "\"a"
            })
    void a_fault_advises_nobody_how_to_set_the_parser(String text) {
        assertThatThrownBy(() -> reader.read(text.getBytes(UTF_8)))
                .isInstanceOf(JsonFault.class)
                .hasMessageNotContainingAny("`", "Feature", "enable", "Source");
    }

    @ParameterizedTest
    @ValueSource(ints = {JsonReader.MAX_DEPTH + 1, 100_000})
    void what_nests_too_deep_is_told_with_the_bound(int depth) {
        String text = "[".repeat(depth) + "]".repeat(depth);
        assertThatThrownBy(() -> reader.read(text.getBytes(UTF_8)))
                .isInstanceOf(JsonFault.class)
                .hasMessageContaining("maximum allowed (64)")
                .hasMessageNotContaining("`");
    }
}
