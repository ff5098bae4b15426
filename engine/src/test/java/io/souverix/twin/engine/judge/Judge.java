package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The judge: what the service must answer about a fleet, by the letter of the twin and rules pages.
///
/// Numbers of an answer are exact but not always in their shortest form; compare answers by their
/// [PlainJson#canonical(Object)] texts. `meta.position` and page cursors are outside the law and left out.
public final class Judge {
    private final Accepted accepted;
    private final JudgeRules rules;

    /// @param events accepted (so valid) events in the native envelope; repeats, in any spelling, are the same event
    public Judge(Collection<? extends Map<String, @Nullable Object>> events, JudgeRules rules) {
        this.accepted = new Accepted(events);
        this.rules = rules;
    }

    /// The canonical text of an event: what it is, however it was spelled.
    public static String canonical(Map<String, @Nullable Object> event) {
        return Canonical.text(event);
    }

    /// SHA-256 of the canonical text, in lower-case hex.
    public static String hash(Map<String, @Nullable Object> event) {
        return Canonical.hash(canonical(event));
    }

    /// The sorted ids of the nodes that have a twin: those with an event that counts.
    public List<String> nodes(Instant now, AsOf asOf) {
        return accepted.subjects("node_id", micros(now), asOf);
    }

    /// As `GET /v1/twins/{id}`.
    public Map<String, @Nullable Object> twin(String node, Instant now, AsOf asOf) {
        return twin(question(node, now, asOf));
    }

    static Map<String, @Nullable Object> twin(Question asked) {
        return Members.of(
                "identity", Identity.identity(asked),
                "connectivity", Connectivity.connectivity(asked),
                "lifecycle", Lifecycle.lifecycle(asked),
                "operational", Operational.operational(asked),
                "state", Configuration.state(asked),
                "policy", Policy.policy(asked),
                "trust", Trust.trust(asked),
                "supply_chain", Identity.supplyChain(asked),
                "authority", asked.domains().authority(asked.history()),
                "drift", Drift.of(asked).summary(),
                "relationships", Relationships.relationships(asked),
                "meta", Meta.meta(asked));
    }

    /// As `GET /v1/twins/{id}/drift`.
    public Map<String, @Nullable Object> drift(String node, Instant now, AsOf asOf) {
        return Drift.of(question(node, now, asOf)).analysis();
    }

    /// As `GET /v1/twins/{id}/trust`, without the reasons of its parts.
    public Map<String, @Nullable Object> trust(String node, Instant now, AsOf asOf) {
        return Trust.index(question(node, now, asOf));
    }

    /// As `GET /v1/twins/{id}/ledger`, the whole of it.
    public Map<String, @Nullable Object> ledger(String node, Instant now, AsOf asOf) {
        return Ledger.ledger(question(node, now, asOf));
    }

    /// The rules of `GET /v1/attention` that a node raises, sorted.
    public Set<String> raised(String node, Instant now, AsOf asOf) {
        Set<String> rules = new TreeSet<>();
        sightings(node, now, asOf).forEach(sighting -> rules.add(sighting.rule()));
        return rules;
    }

    private List<Sighting> sightings(String node, Instant now, AsOf asOf) {
        Projections.Counted counted =
                new Projections.Counted(twin(node, now, asOf), drift(node, now, asOf));
        return Raised.by(question(node, now, asOf), counted, ledger(node, now, asOf));
    }

    /// As `GET /v1/attention`, of what nodes raise by themselves but for `epoch_ahead`, in no order.
    public List<Map<String, @Nullable Object>> attention(Instant now, AsOf asOf) {
        List<Sighting> all = new ArrayList<>();
        nodes(now, asOf).forEach(node -> all.addAll(sightings(node, now, asOf)));
        return Inbox.of(all, List.of());
    }

    /// As `GET /v1/rollouts`, all of them.
    public List<Map<String, @Nullable Object>> rollouts(Instant now, AsOf asOf) {
        List<Projections.Counted> counted = new ArrayList<>();
        for (String node : nodes(now, asOf)) {
            counted.add(new Projections.Counted(twin(node, now, asOf), Members.of()));
        }
        return Rollouts.of(counted);
    }

    /// As `GET /v1/domains`: each domain, in the order of their ids.
    public List<Map<String, @Nullable Object>> domains(Instant now, AsOf asOf) {
        Domains domains = new Domains(accepted, micros(now), asOf);
        return accepted.subjects("domain_id", micros(now), asOf).stream()
                .map(domains::domain)
                .toList();
    }

    /// As `claims` of `GET /v1/domains/{id}`, the whole history.
    public List<Map<String, @Nullable Object>> claims(String domain, Instant now, AsOf asOf) {
        return new Domains(accepted, micros(now), asOf).claims(domain);
    }

    /// As `GET /v1/projections/{name}` of `current`, `drift`, `connectivity`, `lifecycle` or `authority`.
    ///
    /// @param groupBy `region`, `zone`, `cluster`, `trust_domain`, `component_type`, or null: no groups;
    ///     two of them with a comma between
    public Map<String, @Nullable Object> projection(
            String name,
            @Nullable String groupBy,
            Instant now,
            AsOf asOf,
            boolean includeDecommissioned) {
        List<Projections.Counted> counted = new ArrayList<>();
        for (String node : nodes(now, asOf)) {
            Projections.Counted each =
                    new Projections.Counted(twin(node, now, asOf), drift(node, now, asOf));
            if (includeDecommissioned || !each.isDecommissioned()) {
                counted.add(each);
            }
        }
        Domains domains = new Domains(accepted, micros(now), asOf);
        return Aggregates.of(
                name,
                groupBy,
                micros(now),
                counted,
                domains,
                Projections.row(name, counted, domains));
    }

    private Question question(String node, Instant asked, AsOf asOf) {
        Instant now = micros(asked);
        List<Event> all = accepted.all("node_id", node, now, asOf);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no twin of " + node + " at " + now);
        }
        return new Question(
                node,
                all,
                accepted.history("node_id", node, now, asOf),
                new Catalogue(accepted, now, asOf),
                new Domains(accepted, now, asOf),
                rules,
                now);
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
