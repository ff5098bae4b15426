package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Cause;
import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.Facets.Owed;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.shard.FieldIndex.Labels;
import java.util.List;

/// What a checkpoint keeps of a node so that it can be served without its twin: what is known of its
/// events, and what was counted of it. It fits the state that was stored last before it, or with it.
/// What many nodes have alike stands in parts ([StateWriter#part]). [Restored] reads it.
final class Heads {
    private Heads() {}

    /// How a node was counted, as far as no other has it in common.
    ///
    /// @param catalogueAt the position that shows the catalogue it was counted by
    record Count(
            boolean decommissioned,
            long catalogueAt,
            long countedMicros,
            long nextChangeMicros,
            Owed owed) {
        private void write(StateWriter out) {
            out.truth(decommissioned).fixed(catalogueAt).fixed(countedMicros);
            out.fixed(nextChangeMicros);
            owed.write(out);
        }

        static Count read(StateReader in) {
            return new Count(in.truth(), in.fixed(), in.fixed(), in.fixed(), Owed.read(in));
        }
    }

    /// Passes over what a node raises, but for the causes.
    static void skipRaised(StateReader in) {
        for (long left = in.number(); left > 0; left--) {
            Raised.skipTimes(in);
        }
    }

    /// Reads what a node raises.
    static List<Raised> readRaised(StateReader in, List<Cause> causes) {
        long count = in.number();
        if (count != causes.size()) {
            throw new IllegalStateException(
                    "found " + count + " sightings of " + causes.size() + " causes");
        }
        return causes.stream().map(cause -> Raised.read(in, cause)).toList();
    }

    /// @param raised what it raises by itself
    /// @param catalogueAt the position that shows the catalogue it was counted by
    static byte[] write(Node node, List<Raised> raised, StateWriter out, long catalogueAt) {
        out.clear();
        Facets facets = node.facets;
        Identity placement = node.placement();
        Labels labels = node.labels;
        boolean isUntold = facets != null && facets.alerts() != 0 && raised.isEmpty();
        if (facets == null || placement == null || labels == null || node.uncounted || isUntold) {
            out.truth(false);
            node.writeFacts(out);
        } else {
            out.truth(true);
            Count count =
                    new Count(
                            node.countedDecommissioned,
                            catalogueAt,
                            node.countedMicros,
                            node.nextChangeMicros,
                            facets.owed());
            count.write(out);
            out.list(raised, (o, one) -> one.writeTimes(o));
            out.text(labels.serial());
            node.writeFacts(out);
            out.part(facets::writeShared);
            out.part(placement::write);
            out.part(labels::writeShared);
            out.part(o -> o.text(labels.batchId()));
            RunningSboms.Counted sboms = node.countedSboms;
            out.truth(sboms != null);
            if (sboms != null) {
                out.part(sboms::write);
            }
            out.truth(!raised.isEmpty());
            if (!raised.isEmpty()) {
                out.part(o -> o.list(raised, (to, one) -> one.cause().write(to)));
            }
        }
        return out.toByteArray();
    }
}
