package io.souverix.twin.engine;

import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Documents;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.sbom.AffectedVersions;
import io.souverix.twin.engine.sbom.Lineage;
import io.souverix.twin.engine.sbom.PackageName;
import io.souverix.twin.engine.sbom.SbomDiff;
import io.souverix.twin.engine.sbom.SbomDocument;
import io.souverix.twin.engine.sbom.SbomFault;
import io.souverix.twin.engine.sbom.Sboms;
import io.souverix.twin.engine.sbom.VersionRange;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Questions about certificates and SBOMs, and where documents are put. Thread-safe.
public final class TrustQueries {
    private static final Set<Integer> SBOM_TYPES = Set.of(EventType.SBOM_UPDATED.code());

    private final List<Shard> shards;
    private final Sboms sboms;
    private final TwinQueries twins;
    private final LongSupplier nowMicros;

    TrustQueries(List<Shard> shards, Sboms sboms, TwinQueries twins, LongSupplier nowMicros) {
        this.shards = List.copyOf(shards);
        this.sboms = sboms;
        this.twins = twins;
        this.nowMicros = nowMicros;
    }

    private Documents known(AsOf asOf) {
        return sboms.documents().knownAt(asOf.knownMicros());
    }

    /// The trust index of a node, with the lineage of its SBOMs.
    Answer trust(String id, AsOf asOf) {
        Lineage lineage = new Lineage(sboms, known(asOf));
        var _ =
                twins.queries(id)
                        .history(
                                id,
                                Long.MIN_VALUE,
                                asOf,
                                SBOM_TYPES,
                                false,
                                (stored, standing) -> {
                                    if (standing == Standing.COUNTS) {
                                        lineage.add(stored.event());
                                    }
                                    return true;
                                });
        return twins.see(
                id,
                asOf,
                nowMicros.getAsLong(),
                seen -> {
                    JsonObject.Builder body = new JsonObject.Builder();
                    seen.view().trustJson().forEach(body::put);
                    String running = seen.view().twin().trust().sbomHash();
                    return body.put("sbom_lineage", lineage.json(running)).build();
                });
    }

    /// Stores a document as it streams in; see [Sboms#put].
    public Sboms.Stored put(String digest, InputStream body) throws SbomFault, IOException {
        Sboms.Stored stored = sboms.put(digest, body);
        if (stored.fresh()) {
            long now = nowMicros.getAsLong();
            for (Shard shard : shards) {
                shard.stored(sboms::documents, stored.document().digest(), now);
            }
        }
        return stored;
    }

    /// A stored document as it was put, to be closed by the caller; empty where none is.
    public Optional<InputStream> content(String digest, AsOf asOf) {
        return sboms.content(digest, known(asOf));
    }

    public boolean isStored(String digest, AsOf asOf) {
        return known(asOf).holds(digest);
    }

    /// What changes from one stored document to another; empty where one of them is not stored.
    public Optional<JsonObject> diff(String from, String to, AsOf asOf) {
        Documents known = known(asOf);
        Optional<SbomDocument> before = sboms.document(from, known);
        Optional<SbomDocument> after = sboms.document(to, known);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("from", before.get().digest())
                        .put("to", after.get().digest());
        SbomDiff.between(SbomDiff.Contents.of(before.get()), SbomDiff.Contents.of(after.get()))
                .forEach(answer::put);
        return Optional.of(answer.build());
    }

    /// Which nodes run a package in a range of versions.
    ///
    /// @param versions VERS, or constraints alone; null for every version
    /// @param page which nodes, in the order of their ids
    /// @throws IllegalArgumentException where the package URL or the range cannot be read
    public JsonObject.Builder affected(String purl, @Nullable String versions, NodePage page) {
        PackageName wanted =
                PackageName.parse(purl)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "found no package URL, expected one such as"
                                                + " pkg:npm/lodash"));
        String range = versions == null && wanted.version() != null ? wanted.version() : versions;
        AffectedVersions affected =
                AffectedVersions.of(
                        sboms,
                        known(page.asOf()),
                        wanted,
                        VersionRange.parse(range, wanted.type()));
        JsonObject.Builder answer =
                new JsonObject.Builder().put("purl", purl).put("versions", range);
        return new AffectedNodes(shards, affected).answer(page, answer);
    }

    /// Which page of a list of nodes is asked for.
    ///
    /// @param present whether nothing has changed since the question was pinned
    /// @param after the last key of the page before, or null
    public record NodePage(
            String list,
            AsOf asOf,
            boolean present,
            boolean decommissioned,
            @Nullable String after,
            int limit) {
        String cursor(String last) {
            return new PageCursor(list, asOf, last).token();
        }
    }

    /// A page of the nodes' certificates, those that end first at the front.
    ///
    /// @param withinMicros how long from now they may end at the latest, or [AsOf#ALL]
    public JsonObject.Builder certificates(long withinMicros, NodePage page) {
        long now = page.asOf().clock(nowMicros.getAsLong());
        long latest = withinMicros == AsOf.ALL ? AsOf.ALL : now + withinMicros;
        List<End> all = ends(page, latest);
        long expired = all.stream().filter(end -> end.untilMicros() < now).count();
        int from = 0;
        if (page.after() != null) {
            End last = End.parse(page.after());
            while (from < all.size() && all.get(from).compareTo(last) <= 0) {
                from++;
            }
        }
        List<End> shown = all.subList(from, Math.min(all.size(), from + page.limit()));
        List<Json> rows = new ArrayList<>();
        for (End end : shown) {
            rows.add(certificate(end, page.asOf(), now));
        }
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("certificates", new JsonArray(rows))
                        .put("total", all.size())
                        .put("expired", expired);
        if (from + shown.size() < all.size()) {
            answer.put("next_cursor", page.cursor(shown.getLast().key()));
        }
        return answer;
    }

    private List<End> ends(NodePage page, long latestMicros) {
        List<End> all = new ArrayList<>();
        for (Shard shard : shards) {
            shard.queries()
                    .locked(() -> {
                        shard.queries()
                                .trustHistory()
                                .certificates(
                                        page.decommissioned(),
                                        page.asOf(),
                                        (id, until) -> {
                                            if (until <= latestMicros) {
                                                all.add(new End(until, id));
                                            }
                                        });
                        return true;
                    });
        }
        all.sort(null);
        return all;
    }

    /// When the certificate of a node ends.
    private record End(long untilMicros, String nodeId) implements Comparable<End> {
        @Override
        public int compareTo(End other) {
            int order = Long.compare(untilMicros, other.untilMicros);
            return order == 0 ? nodeId.compareTo(other.nodeId) : order;
        }

        String key() {
            return untilMicros + " " + nodeId;
        }

        static End parse(String key) {
            int space = key.indexOf(' ');
            return new End(Long.parseLong(key.substring(0, space)), key.substring(space + 1));
        }
    }

    private Json certificate(End end, AsOf asOf, long now) {
        JsonObject.Builder row = new JsonObject.Builder().put("node_id", end.nodeId());
        if (trust(end.nodeId(), asOf) instanceof Answer.Found(JsonObject body, JsonObject _)) {
            if (body.member("certificate_chain") instanceof JsonArray(List<Json> chain)
                    && !chain.isEmpty()
                    && chain.getFirst() instanceof JsonObject leaf) {
                for (String name : List.of("issuer", "subject", "valid_from")) {
                    row.put(name, Json.orNull(leaf.member(name)));
                }
            }
            row.put("integrity_state", Json.orNull(body.member("integrity_state")));
        }
        long seconds = Math.floorDiv(end.untilMicros() - now, Times.MICROS_PER_SECOND);
        return row.put("valid_until", Times.text(end.untilMicros()))
                .put("expired", end.untilMicros() < now)
                .put("remaining_seconds", Math.max(0, seconds))
                .build();
    }
}
