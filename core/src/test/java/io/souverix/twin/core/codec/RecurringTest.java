package io.souverix.twin.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/// Objects that stand in a state more than once.
class RecurringTest {
    private static JsonObject configuration(String name) {
        return new JsonObject.Builder()
                .put("name", new JsonString(name.repeat(100)))
                .put("region", new JsonString("region-a"))
                .build();
    }

    @Test
    void what_stands_twice_is_written_once_and_read_as_one() {
        StateWriter out = new StateWriter();
        out.recurring(configuration("a")).number(1).recurring(null).recurring(configuration("b"));
        int distinct = out.toByteArray().length;
        out.recurring(configuration("a")).number(2).recurring(configuration("b"));
        byte[] state = out.toByteArray();

        assertThat(state.length - distinct).isEqualTo(3);
        StateReader in = new StateReader(state, Sharing.NONE);
        JsonObject first = in.recurring();
        assertThat(first).isEqualTo(configuration("a"));
        assertThat(in.number()).isEqualTo(1);
        assertThat(in.recurring()).isNull();
        assertThat(in.recurring()).isEqualTo(configuration("b"));
        assertThat(in.recurring()).isSameAs(first);
        assertThat(in.number()).isEqualTo(2);
        assertThat(in.recurring()).isEqualTo(configuration("b"));
    }

    @Test
    void another_state_refers_to_nothing_of_the_one_before() {
        StateWriter out = new StateWriter();
        out.recurring(configuration("a"));
        byte[] first = out.toByteArray();
        out.clear();
        out.recurring(configuration("a"));

        assertThat(out.toByteArray()).isEqualTo(first);
        assertThat(new StateReader(first, Sharing.NONE).recurring()).isEqualTo(configuration("a"));
    }

    @Test
    void equal_objects_of_another_order_stay_as_they_are_written() {
        JsonString value = new JsonString("x");
        JsonObject one = new JsonObject.Builder().put("a", value).put("b", value).build();
        JsonObject other = new JsonObject.Builder().put("b", value).put("a", value).build();
        assertThat(one).isEqualTo(other);
        StateWriter out = new StateWriter();
        out.recurring(one);
        int length = out.toByteArray().length;
        out.recurring(other);

        assertThat(out.toByteArray()).hasSize(2 * length);
    }
}
