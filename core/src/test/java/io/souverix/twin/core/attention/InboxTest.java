package io.souverix.twin.core.attention;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// However what is raised is spread over inboxes, together they make the same items. `-Dseed=N`.
final class InboxTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    private static final List<Alert> RULES =
            List.of(Alert.SILENT, Alert.RETURN_OVERDUE, Alert.DRIFT_HIGH);

    private final Random random = new Random(SEED);

    private record Said(String subject, Raised raised) {}

    private List<Said> drawn() {
        List<Said> drawn = new ArrayList<>();
        for (int node = 0; node < 400; node++) {
            Alert alert = RULES.get(random.nextInt(RULES.size()));
            JsonObject members =
                    new JsonObject.Builder()
                            .put("zone", "z-" + random.nextInt(3))
                            .put("from", "live")
                            .build();
            long happened =
                    alert == Alert.DRIFT_HIGH
                            ? Times.NONE
                            : random.nextLong(30) * Inbox.WINDOW_MICROS / 2 + random.nextInt(1000);
            long since = random.nextInt(9) == 0 ? Times.NONE : random.nextLong(1_000_000);
            drawn.add(
                    new Said(
                            "n-%03d".formatted(node),
                            new Raised(new Cause(alert, members), since, happened)));
        }
        return drawn;
    }

    private static List<Item> itemsOf(List<Said> all) {
        Inbox inbox = new Inbox();
        all.forEach(one -> inbox.add(one.raised, () -> one.subject));
        return inbox.items();
    }

    @Test
    void inboxes_of_parts_make_together_what_one_makes_of_all() {
        System.out.println("InboxTest seed " + SEED);
        for (int round = 0; round < 50; round++) {
            List<Said> all = drawn();
            List<Inbox> parts = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                parts.add(new Inbox());
            }
            for (Said one : all) {
                parts.get(random.nextInt(count)).add(one.raised, () -> one.subject);
            }
            Collections.shuffle(parts, random);
            Inbox together = parts.getFirst();
            parts.subList(1, count).forEach(together::addAll);
            assertThat(together.items()).as("seed " + SEED).isEqualTo(itemsOf(all));
        }
    }

    /// As the contract says it: sightings of one cause, those whose windows touch one to the next.
    @Test
    void items_are_what_has_one_cause_and_happened_together() {
        System.out.println("InboxTest seed " + SEED);
        List<Said> all = drawn();
        List<Item> items = itemsOf(all);
        assertThat(items).isSortedAccordingTo(Item.RANK);
        assertThat(items.stream().mapToInt(Item::size).sum()).isEqualTo(all.size());
        for (Item item : items) {
            List<Said> ofCause =
                    all.stream().filter(one -> one.raised.cause().equals(item.cause())).toList();
            Said first =
                    ofCause.stream()
                            .filter(one -> one.subject.equals(item.subjects().getFirst()))
                            .findFirst()
                            .orElseThrow();
            TreeSet<Long> windows = new TreeSet<>();
            ofCause.forEach(one -> windows.add(window(one)));
            long low = window(first);
            long high = low;
            while (windows.contains(low - 1)) {
                low--;
            }
            while (windows.contains(high + 1)) {
                high++;
            }
            long from = low;
            long to = high;
            List<Said> expected =
                    ofCause.stream()
                            .filter(one -> window(one) >= from && window(one) <= to)
                            .toList();
            assertThat(item.size()).as("seed " + SEED).isEqualTo(expected.size());
            assertThat(item.subjects())
                    .as("seed " + SEED)
                    .isEqualTo(expected.stream().map(Said::subject).limit(Item.MAX_NAMED).toList());
            assertThat(item.sinceMicros())
                    .as("seed " + SEED)
                    .isEqualTo(
                            expected.stream()
                                    .mapToLong(one -> one.raised.sinceMicros())
                                    .filter(since -> since != Times.NONE)
                                    .min()
                                    .orElse(Times.NONE));
            assertThat(item.together()).isEqualTo(item.alert() != Alert.DRIFT_HIGH);
        }
    }

    private static long window(Said one) {
        return Math.floorDiv(one.raised.togetherMicros(), Inbox.WINDOW_MICROS);
    }

    @Test
    void a_cause_is_read_as_it_was_written_with_its_members_in_their_order() {
        JsonObject members =
                new JsonObject.Builder()
                        .put("path", "/b")
                        .put("desired", new JsonObject.Builder().put("x", 1).build())
                        .put("actual", (String) null)
                        .build();
        Cause cause = new Cause(Alert.DRIFT_CRITICAL, members);
        StateWriter out = new StateWriter();
        cause.write(out);
        Cause read = Cause.read(new StateReader(out.toByteArray(), Sharing.NONE));
        assertThat(read).isEqualTo(cause);
        assertThat(read.members().names()).containsExactly("path", "desired", "actual");
    }
}
