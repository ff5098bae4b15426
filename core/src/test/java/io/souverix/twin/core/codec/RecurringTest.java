package io.souverix.twin.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Objects that stand in a state more than once.
class RecurringTest {
    private static JsonObject configuration(String name) {
        return new JsonObject.Builder()
                .put("name", new JsonString(name.repeat(100)))
                .put("region", new JsonString("region-a"))
                .build();
    }

    private static JsonObject read(String text) throws JsonFault {
        return (JsonObject) StateReader.JSON.read(text.getBytes(StandardCharsets.UTF_8));
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
    void values_that_are_equal_and_written_otherwise_stay_as_they_are_written() throws JsonFault {
        JsonObject whole = read("{\"a\":1}");
        JsonObject decimal = read("{\"a\":1.0}");
        StateWriter out = new StateWriter();
        out.recurring(whole).recurring(decimal);
        StateReader in = new StateReader(out.toByteArray(), Sharing.NONE);

        assertThat(in.recurring()).hasToString("{\"a\":1}");
        assertThat(in.recurring()).hasToString(decimal.toString());
    }
}
