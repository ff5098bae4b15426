package io.souverix.twin.torture;

import static io.souverix.twin.torture.FleetQuestions.number;
import static io.souverix.twin.torture.FleetQuestions.object;
import static io.souverix.twin.torture.FleetQuestions.texts;

import io.souverix.twin.engine.judge.FleetAt;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The questions about domains, certificates, packages, attention and rollouts.
final class InsightQuestions {
    private final Asking asking;
    private final FleetAt fleet;
    private final Choice choice;

    InsightQuestions(Asking asking, FleetAt fleet, Choice choice) {
        this.asking = asking;
        this.fleet = fleet;
        this.choice = choice;
    }

    void ask() throws IOException, InterruptedException {
        domains();
        certificates();
        affected("pkg:generic/openssl", "<3.0.13", version -> compare(version, "3.0.13") < 0);
        affected("pkg:npm/ws", "", _ -> true);
        affected(
                "pkg:maven/org.apache.logging.log4j/log4j-core",
                ">=2.16.0|<2.22.0",
                version -> compare(version, "2.16.0") >= 0 && compare(version, "2.22.0") < 0);
        attention();
        rollouts();
    }

    /// Versions of whole numbers between dots.
    private static int compare(String a, String b) {
        String[] x = a.split("\\.");
        String[] y = b.split("\\.");
        for (int i = 0; i < Math.max(x.length, y.length); i++) {
            int one = i < x.length ? Integer.parseInt(x[i]) : 0;
            int other = i < y.length ? Integer.parseInt(y[i]) : 0;
            if (one != other) {
                return Integer.compare(one, other);
            }
        }
        return 0;
    }

    private void domains() throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> expected = fleet.domains();
        asking.sameList(
                "domains",
                "",
                expected,
                asking.pages("domains", "/v1/domains?limit=100", "domains", Integer.MAX_VALUE),
                false);
        for (int i = 0; i < 3 && !expected.isEmpty(); i++) {
            Map<String, @Nullable Object> domain = choice.of(expected);
            String id = String.valueOf(domain.get("id"));
            Map<String, @Nullable Object> found = asking.get("domain", "/v1/domains/" + id);
            found.keySet().removeAll(List.of("claims_total", "nodes", "desired_epochs", "meta"));
            domain.put("claims", fleet.claims(id));
            asking.same("domain", id, domain, found);
        }
    }

    private void certificates() throws IOException, InterruptedException {
        for (Duration within : List.of(Duration.ofDays(30), Duration.ofDays(365_00))) {
            String path =
                    "/v1/trust/certificates?limit=1000&expiring_within=" + within.toDays() + "d";
            List<Map<String, @Nullable Object>> expected = fleet.certificates(within);
            asking.sameList(
                    "certificates",
                    path,
                    expected.stream().limit(FleetQuestions.MOST_PAGES * 1000L).toList(),
                    asking.pages("certificates", path, "certificates", FleetQuestions.MOST_PAGES),
                    false);
            Map<String, @Nullable Object> first = asking.get("certificates", path);
            asking.same(
                    "certificates",
                    path + " in all",
                    object(
                            "total", number(expected.size()),
                            "expired",
                                    number(
                                            expected.stream()
                                                    .filter(row ->
                                                            Boolean.TRUE.equals(row.get("expired")))
                                                    .count())),
                    object("total", first.get("total"), "expired", first.get("expired")));
        }
    }

    private void affected(String purl, String versions, Predicate<String> inside)
            throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> expected = fleet.affected(purl, inside);
        String path =
                "/v1/sboms/affected?limit=1000&purl="
                        + Asking.encoded(purl)
                        + (versions.isEmpty() ? "" : "&versions=" + Asking.encoded(versions));
        asking.sameList(
                "affected",
                path,
                expected.stream().limit(FleetQuestions.MOST_PAGES * 1000L).toList(),
                asking.pages("affected", path, "nodes", FleetQuestions.MOST_PAGES),
                false);
        asking.same(
                "affected",
                path + " in all",
                number(expected.stream().map(row -> row.get("node_id")).distinct().count()),
                asking.get("affected", path).get("total"));
    }

    /// `epoch_ahead` the judge does not know; `clock_off` rests on when events were recorded.
    private void attention() throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> found =
                asking.pages("attention", "/v1/attention?limit=1000", "items", Integer.MAX_VALUE);
        asking.same(
                "attention",
                "the order",
                found.stream()
                        .sorted(
                                Comparator.comparingInt((Map<String, @Nullable Object> item) ->
                                                -FleetQuestions.severity(item.get("severity")))
                                        .thenComparing(
                                                InsightQuestions::weight,
                                                Comparator.reverseOrder()))
                        .toList(),
                found);
        found.removeIf(item ->
                List.of("epoch_ahead", "clock_off").contains(String.valueOf(item.get("rule"))));
        for (Map<String, @Nullable Object> item : found) {
            item.keySet().removeAll(List.of("id", "title", "evidence", "links", "handling"));
            if ("authority_conflict".equals(item.get("rule"))) {
                item.keySet().removeAll(List.of("since", "nodes", "node_ids"));
            }
        }
        asking.sameList("attention", "the items", texts(fleet.attention()), texts(found), false);
    }

    /// How many nodes it ranks as: what names none (a domain, a clock) ranks as one.
    private static long weight(Map<String, @Nullable Object> item) {
        return Math.max(1, ((BigDecimal) Objects.requireNonNull(item.get("nodes"))).longValue());
    }

    private void rollouts() throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> expected = fleet.rollouts();
        asking.sameList(
                "rollouts",
                "",
                expected,
                asking.pages("rollouts", "/v1/rollouts?limit=100", "rollouts", Integer.MAX_VALUE),
                false);
        if (expected.isEmpty()) {
            return;
        }
        Object campaign = choice.of(expected).get("campaign");
        List<Map<String, @Nullable Object>> found =
                Asking.objects(
                        asking.get("rollout", "/v1/rollouts/" + Asking.encoded("" + campaign))
                                .get("rollouts"));
        found.forEach(row -> row.remove("node_ids"));
        asking.sameList(
                "rollout",
                "" + campaign,
                expected.stream()
                        .filter(row -> Objects.equals(campaign, row.get("campaign")))
                        .toList(),
                found,
                false);
    }
}
