package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.FilterText;
import io.souverix.twin.engine.query.ListQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Lists and histories that were begun and not yet read to the end: each goes on as one snapshot,
/// whatever happens meanwhile.
final class OpenPages {
    private static final int MOST_OPEN = 6;

    private final Random random;
    private final List<OpenList> lists = new ArrayList<>();
    private final List<OpenHistory> histories = new ArrayList<>();

    /// A list whose first pages were read, and what its others must say.
    private record OpenList(ListQuery query, String cursor, List<String> rest) {}

    /// The same of a history.
    private record OpenHistory(String node, EventsQuery query, String cursor, List<String> rest) {}

    OpenPages(Random random) {
        this.random = random;
    }

    boolean isEmpty() {
        return lists.isEmpty() && histories.isEmpty();
    }

    /// What was begun is not asked on: it is not retained, or of another log.
    void forget() {
        lists.clear();
        histories.clear();
    }

    void openList(TwinEngine engine, AsOf asOf, String what) {
        Map<String, JsonFilter> fleet = FilterTest.fleet(engine, asOf);
        if (fleet.isEmpty() || lists.size() == MOST_OPEN) {
            return;
        }
        FilterDraw draw = new FilterDraw(random, List.copyOf(fleet.values()));
        ListQuery query =
                new ListQuery(
                        random.nextBoolean()
                                ? FilterText.compile(draw.filter())
                                : CompiledFilter.ALL,
                        random.nextBoolean() ? Order.BY_ID : Order.parse(draw.order()),
                        Selection.parse("id"),
                        asOf,
                        random.nextBoolean(),
                        1 + random.nextInt(2),
                        null);
        goOn(engine, new OpenList(query, "", FilterTest.expected(fleet, query)), what);
    }

    /// Reads the next page of a list, which must begin with what is left of it.
    private void goOn(TwinEngine engine, OpenList list, String what) {
        ListQuery query = list.query();
        String told = query.filter().text() + " by " + query.order().field().name();
        TwinEngine.TwinsPage page =
                engine.twins(list.cursor().isEmpty() ? query : query.from(list.cursor()));
        List<String> ids = page.twins().stream().map(FilterTest::id).toList();
        int count = Math.min(query.limit(), list.rest().size());
        assertThat(ids)
                .as("page of " + told + ", " + what)
                .isEqualTo(list.rest().subList(0, count));
        List<String> rest = list.rest().subList(count, list.rest().size());
        assertThat(page.nextCursor() == null)
                .as("last of " + told + ", " + what)
                .isEqualTo(rest.isEmpty());
        if (page.nextCursor() != null) {
            lists.add(new OpenList(query, page.nextCursor(), rest));
        }
    }

    /// Begins to read the history of a node, as far as it is retained.
    void openHistory(TwinEngine engine, Model model, Instant first, String what) {
        List<String> nodes = model.nodes();
        if (nodes.isEmpty() || histories.size() == MOST_OPEN) {
            return;
        }
        String node = nodes.get(random.nextInt(nodes.size()));
        long floor = engine.earliestMicros();
        long since = floor == Long.MIN_VALUE ? floor : floor + 1;
        long until = random.nextBoolean() ? Long.MAX_VALUE : Times.micros(first);
        boolean descending = random.nextBoolean();
        List<String> hashes = model.history(node, since, until);
        EventsQuery query =
                new EventsQuery(
                        since,
                        until,
                        List.of(),
                        descending,
                        1 + random.nextInt(40),
                        AsOf.PRESENT,
                        null);
        List<String> rest = descending ? hashes.reversed() : hashes;
        goOn(engine, new OpenHistory(node, query, "", rest), what);
    }

    private void goOn(TwinEngine engine, OpenHistory history, String what) {
        EventsQuery asked = history.query();
        EventsQuery query =
                new EventsQuery(
                        asked.sinceMicros(),
                        asked.untilMicros(),
                        asked.types(),
                        asked.descending(),
                        asked.limit(),
                        asked.asOf(),
                        history.cursor().isEmpty() ? null : history.cursor());
        EventsQuery.Page page = engine.events(history.node(), query).orElseThrow();
        List<String> hashes =
                page.events().stream().map(stored -> stored.event().hash().hex()).toList();
        int count = Math.min(query.limit(), history.rest().size());
        assertThat(hashes)
                .as("history of " + history.node() + ", " + what)
                .isEqualTo(history.rest().subList(0, count));
        if (page.nextCursor() != null) {
            List<String> rest = history.rest().subList(count, history.rest().size());
            histories.add(new OpenHistory(history.node(), asked, page.nextCursor(), rest));
        }
    }

    /// Reads the next page of a list and of a history, where some are open.
    void turn(TwinEngine engine, String what) {
        if (!lists.isEmpty()) {
            goOn(engine, lists.remove(random.nextInt(lists.size())), what);
        }
        if (!histories.isEmpty()) {
            goOn(engine, histories.remove(random.nextInt(histories.size())), what);
        }
    }
}
