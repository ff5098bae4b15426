package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A large fleet at an instant, folded from raw lines node by node: of each only what answers about
/// the fleet need is kept. What is asked of one node is folded again.
public final class FleetAt {
    private final RawFleet raw;
    private final Instant now;
    private final Accepted others;
    private final Catalogue catalogue;
    private final Domains domains;
    private final Map<String, String> shared = new ConcurrentHashMap<>();
    private final Map<String, NodeAt> nodes = new TreeMap<>();
    private final List<NodeAt> counted;

    /// The rows of all that count, by projection.
    private final Map<String, Map<String, @Nullable Object>> totals = new HashMap<>();

    FleetAt(RawFleet raw, Instant now) {
        this.raw = raw;
        this.now = now.truncatedTo(ChronoUnit.MICROS);
        this.others = raw.others();
        this.catalogue = new Catalogue(others, this.now, AsOf.AT);
        this.domains = new Domains(others, this.now, AsOf.AT);
        raw.nodes().keySet().parallelStream()
                .map(this::question)
                .filter(asked -> !asked.accepted().isEmpty())
                .map(this::fold)
                .forEachOrdered(node -> nodes.put(node.id(), node));
        counted = nodes.values().stream().filter(node -> !node.isDecommissioned()).toList();
    }

    private Question question(String node) {
        Accepted own =
                new Accepted(
                        Objects.requireNonNull(raw.nodes().get(node)).stream()
                                .map(RawFleet.Line::event));
        return new Question(
                node,
                own.all("node_id", node, now, AsOf.AT),
                own.history("node_id", node, now, AsOf.AT),
                catalogue,
                domains,
                raw.rules(),
                now);
    }

    private NodeAt fold(Question asked) {
        String dependencies = dependencies(asked);
        return NodeAt.of(
                asked,
                Judge.twin(asked),
                Drift.of(asked).analysis(),
                shared.computeIfAbsent(dependencies, text -> text));
    }

    /// Of the newest event that tells of the SBOM that runs.
    private static String dependencies(Question asked) {
        String hash = Software.sbomHash(asked.history());
        for (Event event : asked.history().reversed()) {
            if (event.is("sbom_updated") && event.needed("sbom_hash").equals(hash)) {
                return PlainJson.write(Members.objects(event.payload(), "dependencies"));
            }
        }
        return "[]";
    }

    public Instant now() {
        return now;
    }

    /// Every node that has a twin, decommissioned ones too, in the order of their ids.
    public List<NodeAt> nodes() {
        return List.copyOf(nodes.values());
    }

    /// Those that count where nothing else is said.
    public List<NodeAt> counted() {
        return counted;
    }

    public @Nullable NodeAt node(String id) {
        return nodes.get(id);
    }

    /// As `GET /v1/twins/{id}`.
    public Map<String, @Nullable Object> twin(String id) {
        return Judge.twin(question(id));
    }

    /// As `GET /v1/twins/{id}/drift`.
    public Map<String, @Nullable Object> drift(String id) {
        return Drift.of(question(id)).analysis();
    }

    /// As `GET /v1/twins/{id}/trust`, without the reasons of its parts.
    public Map<String, @Nullable Object> trust(String id) {
        return Trust.index(question(id));
    }

    /// As `GET /v1/twins/{id}/ledger`, the whole of it.
    public Map<String, @Nullable Object> ledger(String id) {
        return Ledger.ledger(question(id));
    }

    /// The events of a node in order: their hashes, and whether they are annulled.
    public List<Map<String, @Nullable Object>> events(String id) {
        Question asked = question(id);
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        for (Event event : asked.accepted()) {
            events.add(
                    Members.of(
                            "id", event.id(),
                            "timestamp", event.timestamp(),
                            "event_type", event.type(),
                            "payload", event.payload(),
                            "hash", event.hash(),
                            "annulled", !asked.history().contains(event)));
        }
        return events;
    }

    /// As `GET /v1/projections/{name}`.
    public Map<String, @Nullable Object> projection(String name, @Nullable String groupBy) {
        List<Projections.Counted> rows = rows(counted);
        Map<String, @Nullable Object> total =
                totals.computeIfAbsent(name, _ -> Projections.row(name, rows, domains));
        return Aggregates.of(name, groupBy, now, rows, domains, total);
    }

    /// The same of some nodes.
    public Map<String, @Nullable Object> projection(
            String name, @Nullable String groupBy, List<NodeAt> some) {
        List<Projections.Counted> rows = rows(some);
        return Aggregates.of(
                name, groupBy, now, rows, domains, Projections.row(name, rows, domains));
    }

    private static List<Projections.Counted> rows(List<NodeAt> nodes) {
        return nodes.stream().map(NodeAt::counted).toList();
    }

    /// As `GET /v1/drift/findings?group=identical`, in no order.
    public List<Map<String, @Nullable Object>> identicalFindings() {
        Map<String, List<Map<String, @Nullable Object>>> same = new TreeMap<>();
        for (NodeAt node : counted()) {
            for (Map<String, @Nullable Object> finding : node.findings()) {
                Map<String, @Nullable Object> says = new LinkedHashMap<>(finding);
                says.keySet().removeAll(Set.of("provisional", "since", "event_ids"));
                Map<String, @Nullable Object> row = new LinkedHashMap<>(finding);
                row.put("node_id", node.id());
                same.computeIfAbsent(PlainJson.canonical(says), _ -> new ArrayList<>()).add(row);
            }
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map.Entry<String, List<Map<String, @Nullable Object>>> each : same.entrySet()) {
            rows.add(row(PlainJson.readObject(each.getKey()), each.getValue()));
        }
        return rows;
    }

    /// @param says what they all say
    private static Map<String, @Nullable Object> row(
            Map<String, @Nullable Object> says, List<Map<String, @Nullable Object>> findings) {
        long provisional = 0;
        Instant oldest = null;
        List<@Nullable Object> ids = new ArrayList<>();
        for (Map<String, @Nullable Object> finding : findings) {
            provisional += Members.isTrue(finding, "provisional") ? 1 : 0;
            Instant since = Times.instantOrNull(Members.text(finding, "since"));
            oldest = oldest == null || (since != null && since.isBefore(oldest)) ? since : oldest;
            ids.add(finding.get("node_id"));
        }
        says.putAll(
                Members.of(
                        "nodes",
                        findings.size(),
                        "provisional",
                        provisional,
                        "node_ids",
                        ids.subList(0, Math.min(10, ids.size())),
                        "since",
                        oldest));
        return says;
    }

    /// As `GET /v1/rollouts`, all of them.
    public List<Map<String, @Nullable Object>> rollouts() {
        return Rollouts.of(nodes.values().stream().map(NodeAt::counted).toList());
    }

    /// As `GET /v1/domains`: each domain, in the order of their ids.
    public List<Map<String, @Nullable Object>> domains() {
        return others.subjects("domain_id", now, AsOf.AT).stream().map(domains::domain).toList();
    }

    /// As `claims` of `GET /v1/domains/{id}`, the whole history.
    public List<Map<String, @Nullable Object>> claims(String domain) {
        return domains.claims(domain);
    }

    /// As `GET /v1/attention`, without `epoch_ahead` and `clock_off`, in no order.
    public List<Map<String, @Nullable Object>> attention() {
        List<Sighting> sightings = new ArrayList<>();
        nodes.values().forEach(node -> sightings.addAll(node.sightings()));
        return Inbox.of(sightings, domains());
    }

    /// As `GET /v1/trust/certificates`, all pages; with the time within which they end, if any.
    public List<Map<String, @Nullable Object>> certificates(@Nullable Duration within) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (NodeAt node : counted()) {
            Map<String, @Nullable Object> leaf = node.certificate();
            if (leaf == null) {
                continue;
            }
            Instant until = Times.instant(String.valueOf(leaf.get("valid_until")));
            if (within == null || !until.isAfter(now.plus(within))) {
                rows.add(
                        Members.of(
                                "node_id", node.id(),
                                "issuer", leaf.get("issuer"),
                                "subject", leaf.get("subject"),
                                "valid_from", leaf.get("valid_from"),
                                "valid_until", until,
                                "integrity_state", node.at("trust", "integrity_state"),
                                "expired", until.isBefore(now),
                                "remaining_seconds",
                                        Math.max(0, Duration.between(now, until).toSeconds())));
            }
        }
        // Rows are made in the order of the ids.
        rows.sort(
                Comparator.comparing((Map<String, @Nullable Object> row) ->
                        Times.instant(String.valueOf(row.get("valid_until")))));
        return rows;
    }

    /// As `nodes` of `GET /v1/sboms/affected`, all pages.
    ///
    /// @param purl of the package, without a version
    public List<Map<String, @Nullable Object>> affected(String purl, Predicate<String> versions) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (NodeAt node : counted()) {
            Map<String, @Nullable Object> running =
                    Members.of("all", PlainJson.read(node.dependencies()));
            for (Map<String, @Nullable Object> each : Members.objects(running, "all")) {
                String version = Members.text(each, "version");
                if (version != null
                        && (purl + "@" + version).equals(each.get("purl"))
                        && versions.test(version)) {
                    rows.add(
                            Members.of(
                                    "node_id",
                                    node.id(),
                                    "sbom_hash",
                                    node.at("lifecycle", "software", "sbom_hash"),
                                    "document",
                                    null,
                                    "component",
                                    each.get("purl"),
                                    "version",
                                    version,
                                    "matched_by",
                                    "purl",
                                    "path",
                                    null));
                }
            }
        }
        return rows;
    }
}
