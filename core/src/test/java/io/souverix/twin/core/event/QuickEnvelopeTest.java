package io.souverix.twin.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is read of a line's bytes is what is read of its tree. `-Dseed=N`.
class QuickEnvelopeTest {
    private static final List<String> LINES =
            List.of(
                    """
                    {"id":"e-1","timestamp":"2026-02-27T03:45:00Z","node_id":"n-1","event_type":"state_transition","source":"cm/a","payload":{"to":"live","from":"delayed","latency_ms":45}}\
                    """,
                    """
                    {"id":"e-2","timestamp":"2026-02-27T03:45:00.123456Z","node_id":"n-1","event_type":"state_transition","sequence":7,"epoch":3,"payload":{"to":"autonomous","return_eta":"2h"}}\
                    """,
                    """
                    { "id" : "e-3", "timestamp":"2026-02-27T05:45:00+02:00","node_id":"n-1",\t"event_type":"desired_state_changed","payload":{"config":{"sip":{"max":[1,2.50,null]},"é":"Nœud"},"policy_version":null}}\
                    """,
                    """
                    {"event_type":"domain_registered","payload":{"kind":"zone","parent":"r-1"},"domain_id":"z-1","id":"e-4","timestamp":"2026-02-27T03:45:00Z"}\
                    """,
                    """
                    {"id":"e-5","timestamp":"2026-02-27T03:45:00Z","node_id":"n-2","event_type":"x_note","payload":{"text":"Câble, \\"port 5\\"\\n","deep":[[[[]]]]}}\
                    """,
                    """
                    {"id":"e-6","timestamp":"2026-02-27T03:45:00Z","component":"c","event_type":"release_published","payload":{"version":"1.5.2","advisories":[{"id":"A","severity":"critical","cvss":9.8}]}}\
                    """);

    private static final byte[] SPOILS =
            "\"\\{}[]:, 0019-.eEtrufalsn/bu_\u0001".getBytes(StandardCharsets.ISO_8859_1);

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final EventReader reader = new EventReader();
    private final JsonReader json = new JsonReader();

    QuickEnvelopeTest() {
        System.out.println("QuickEnvelopeTest seed " + seed);
    }

    @Test
    void a_line_is_the_event_that_its_tree_is() throws JsonFault {
        int accepted = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] line = spoilt(LINES.get(random.nextInt(LINES.size())));
            Result found = reader.readNative(line, 0, line.length);
            if (found instanceof Result.Accepted(Event event)) {
                accepted++;
                String shown =
                        "seed " + seed + ": " + new String(line, StandardCharsets.ISO_8859_1);
                Result expected = reader.readNative(json.read(line));
                assertThat(expected).as(shown).isEqualTo(found);
                Event tree = ((Result.Accepted) expected).event();
                assertThat(event.payload()).as(shown).isEqualTo(tree.payload());
                assertThat(event.canonical()).as(shown).isEqualTo(tree.canonical());
                assertThat(event.hash()).as(shown).isEqualTo(rehashed(event).hash());
            }
        }
        assertThat(accepted).as("seed " + seed).isGreaterThan(10_000);
    }

    private static Event rehashed(Event event) {
        return Event.of(
                event.id(),
                event.timestampMicros(),
                event.subject(),
                event.typeName(),
                event.source(),
                event.sequence(),
                event.epoch(),
                event.payload(),
                event.payloadJson());
    }

    @Test
    void whole_lines_of_every_kind_take_no_care() {
        QuickEnvelope quick = new QuickEnvelope(new PayloadTexts());
        for (String line : LINES) {
            byte[] bytes = ("  " + line + " ").getBytes(StandardCharsets.UTF_8);
            assertThat(quick.read(bytes, 1, bytes.length - 2)).as(line).isNotNull();
        }
    }

    @Test
    void a_moment_told_as_a_duration_counts_from_each_event() {
        for (int hour = 10; hour < 20; hour++) {
            byte[] line = LINES.get(1).replace("T03", "T" + hour).getBytes(StandardCharsets.UTF_8);
            Event event = ((Result.Accepted) reader.readNative(line, 0, line.length)).event();
            Payload.StateTransition transition = (Payload.StateTransition) event.payload();
            assertThat(transition.returnEtaMicros() - event.timestampMicros())
                    .isEqualTo(7_200 * Times.MICROS_PER_SECOND);
        }
    }

    private byte[] spoilt(String line) {
        byte[] result = line.getBytes(StandardCharsets.UTF_8);
        for (int n = random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(result.length);
            byte spoil = SPOILS[random.nextInt(SPOILS.length)];
            int from = random.nextInt(result.length);
            int to = Math.min(result.length, from + random.nextInt(12));
            result =
                    switch (random.nextInt(4)) {
                        case 0 -> joined(result, at, new byte[] {spoil}, at);
                        case 1 -> joined(result, at, new byte[] {spoil}, at + 1);
                        case 2 -> joined(result, at, new byte[0], at + 1);
                        default -> joined(result, at, Arrays.copyOfRange(result, from, to), at);
                    };
        }
        return result;
    }

    private static byte[] joined(byte[] text, int to, byte[] middle, int rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, to);
        out.writeBytes(middle);
        out.write(text, rest, text.length - rest);
        return out.toByteArray();
    }
}
