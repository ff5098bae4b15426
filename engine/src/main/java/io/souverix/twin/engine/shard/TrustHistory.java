package io.souverix.twin.engine.shard;

import io.souverix.twin.core.trust.CertificateEnd;
import io.souverix.twin.core.trust.RunningSbom;
import io.souverix.twin.core.trust.Trust;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.sbom.AffectedVersions;
import io.souverix.twin.engine.shard.RunningSboms.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/// What nodes of a shard ran, and which certificates they had, as of any instant: searches in what
/// their twins keep of it. The caller holds the shard's read lock ([Queries#locked]).
public final class TrustHistory {
    /// One of so many is many.
    private static final int MANY = 16;

    private final Shard shard;
    private final Hindsight hindsight;

    TrustHistory(Shard shard, Hindsight hindsight) {
        this.shard = shard;
        this.hindsight = hindsight;
    }

    /// Who runs an SBOM, and what that is.
    public record Running(String nodeId, RunningSbom sbom) {}

    /// The SBOMs of the present that may have a package, and how many nodes run each.
    public record Counted(RunningSbom sbom, int nodes) {}

    /// The present: counts, and the next nodes after one in the order of their ids.
    ///
    /// @param afterId null for the first
    /// @param decommissioned whether those count too
    public List<Counted> present(
            AffectedVersions affected,
            boolean decommissioned,
            @Nullable String afterId,
            int limit,
            NavigableMap<String, RunningSbom> page) {
        return shard.runningSboms().candidates(affected).stream()
                .map(candidate -> {
                    RoaringBitmap places =
                            decommissioned
                                    ? RoaringBitmap.or(
                                            candidate.runners().now, candidate.runners().retired)
                                    : candidate.runners().now;
                    next(places, candidate.sbom(), afterId, limit, page);
                    return new Counted(candidate.sbom(), places.getCardinality());
                })
                .toList();
    }

    /// Takes the next nodes of some places: by going over all in their order where many of them are
    /// among those, else by looking where each of those stands.
    private void next(
            RoaringBitmap places,
            RunningSbom sbom,
            @Nullable String afterId,
            int limit,
            NavigableMap<String, RunningSbom> page) {
        IdOrder order = shard.order();
        int from = order.after(afterId);
        IntStream ranks =
                places.getCardinality() < order.size() / MANY
                        ? places.stream().map(order::rank).filter(rank -> rank >= from).sorted()
                        : IntStream.range(from, order.size())
                                .filter(rank -> places.contains(order.place(rank)));
        ranks.limit(limit).forEach(rank -> keep(order.node(rank).id, sbom, afterId, limit, page));
    }

    /// The past: counts, and the next nodes after one in the order of their ids.
    public List<Counted> past(
            AffectedVersions affected,
            boolean decommissioned,
            AsOf asOf,
            @Nullable String afterId,
            int limit,
            NavigableMap<String, RunningSbom> page) {
        List<Counted> counted = new ArrayList<>();
        for (Candidate candidate : shard.runningSboms().candidates(affected)) {
            RunningSbom sbom = candidate.sbom();
            int[] nodes = {0};
            candidate
                    .runners()
                    .ever()
                    .forEach(
                            (IntConsumer)
                                    place -> {
                                        Node node = shard.roster().node(place);
                                        RunningSbom run =
                                                hindsight.untouched(node, asOf)
                                                        ? RunningSbom.at(
                                                                node.twin().trust().sbomRuns(),
                                                                asOf.atMicros())
                                                        : null;
                                        if (run != null
                                                && (decommissioned || !run.retired())
                                                && run.hash().equals(sbom.hash())
                                                && run.inlined().equals(sbom.inlined())) {
                                            nodes[0]++;
                                            keep(node.id, sbom, afterId, limit, page);
                                        }
                                    });
            counted.add(new Counted(sbom, nodes[0]));
        }
        eachTouched(
                asOf,
                (node, trust) -> {
                    RunningSbom run = RunningSbom.at(trust.sbomRuns(), asOf.atMicros());
                    if (run != null
                            && (decommissioned || !run.retired())
                            && !affected.matches(run).isEmpty()) {
                        counted.add(new Counted(run, 1));
                        keep(node.id, run, afterId, limit, page);
                    }
                });
        return counted;
    }

    /// Keeps the first so many nodes after one.
    private static void keep(
            String id,
            RunningSbom sbom,
            @Nullable String afterId,
            int limit,
            NavigableMap<String, RunningSbom> page) {
        boolean isNext = afterId == null || id.compareTo(afterId) > 0;
        if (isNext && (page.size() < limit || id.compareTo(page.lastKey()) < 0)) {
            page.put(id, sbom);
            if (page.size() > limit) {
                page.pollLastEntry();
            }
        }
    }

    /// Visits the nodes that looked otherwise then than the present says.
    private void eachTouched(AsOf asOf, BiConsumer<Node, Trust> visitor) {
        if (asOf.before() == AsOf.ALL) {
            return;
        }
        shard.order()
                .forEach(node -> {
                    if (!hindsight.untouched(node, asOf)) {
                        visitor.accept(node, hindsight.twin(node, asOf).trust());
                    }
                });
    }

    /// Takes the end of a node's certificate.
    @FunctionalInterface
    public interface EndVisitor {
        void visit(String nodeId, long validUntilMicros);
    }

    /// Visits the certificates of all nodes as of a question.
    public void certificates(boolean decommissioned, AsOf asOf, EndVisitor visitor) {
        shard.order()
                .forEach(node -> {
                    Trust trust =
                            hindsight.untouched(node, asOf)
                                    ? node.twin().trust()
                                    : hindsight.twin(node, asOf).trust();
                    CertificateEnd end =
                            CertificateEnd.at(trust.certificateEnds(), asOf.atMicros());
                    if (end != null && end.isCertificate() && (decommissioned || !end.retired())) {
                        visitor.visit(node.id, end.validUntilMicros());
                    }
                });
    }
}
