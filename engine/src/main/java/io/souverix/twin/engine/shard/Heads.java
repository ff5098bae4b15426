package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.shard.FieldIndex.Labels;

/// What a checkpoint keeps of a node so that it can be served without its twin: what is known of its
/// events, and what was counted of it. It fits the state that was stored last before it, or with it.
/// What many nodes have alike stands in parts ([StateWriter#part]). [Restored] reads it.
final class Heads {
    private Heads() {}

    /// @param catalogueAt the position that shows the catalogue it was counted by
    static byte[] write(Node node, StateWriter out, long catalogueAt) {
        out.clear();
        out.fixed(catalogueAt);
        node.writeFacts(out);
        Facets facets = node.facets;
        Identity placement = node.placement();
        Labels labels = node.labels;
        boolean counted = facets != null && placement != null && labels != null && !node.uncounted;
        out.truth(counted);
        if (facets != null && placement != null && labels != null && counted) {
            out.truth(node.countedDecommissioned);
            out.fixed(node.countedMicros).fixed(node.nextChangeMicros);
            out.fixed(facets.debtFromMicros()).text(labels.serial());
            out.part(facets::writeBesideDebt);
            out.part(placement::write);
            out.part(labels::writeShared);
            out.part(o -> o.text(labels.batchId()));
            RunningSboms.Counted sboms = node.countedSboms;
            out.truth(sboms != null);
            if (sboms != null) {
                out.part(sboms::write);
            }
        }
        return out.toByteArray();
    }
}
