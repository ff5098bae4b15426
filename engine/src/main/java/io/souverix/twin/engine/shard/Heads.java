package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.shard.FieldIndex.Labels;

/// What a checkpoint keeps of a node so that it can be served without its twin: what is known of its
/// events, and what was counted of it. It fits the state that was stored last before it, or with it.
/// Not thread-safe.
final class Heads {
    private Heads() {}

    /// @param catalogueAt the position that shows the catalogue it was counted by
    static byte[] write(Node node, StateWriter out, long catalogueAt) {
        out.clear();
        out.fixed(catalogueAt);
        node.writeFacts(out);
        Facets facets = node.facets;
        Identity placement = node.placedFor;
        Labels labels = node.labels;
        boolean counted = facets != null && placement != null && labels != null && !node.uncounted;
        out.truth(counted);
        if (facets != null && placement != null && labels != null && counted) {
            facets.write(out);
            placement.write(out);
            labels.write(out);
            out.truth(node.countedDecommissioned);
            out.fixed(node.countedMicros).fixed(node.nextChangeMicros);
            RunningSboms.Counted sboms = node.countedSboms;
            out.truth(sboms != null);
            if (sboms != null) {
                sboms.write(out);
            }
        }
        return out.toByteArray();
    }

    /// A node as a head tells it; it is in no sums yet.
    static Node read(String id, byte[] head, Sharing sharing, Residence residence) {
        StateReader in = new StateReader(head, sharing);
        Node node = new Node(sharing.text(id), residence);
        node.catalogueAt = in.fixed();
        node.readFacts(in);
        node.storedMicros = node.lastMicros;
        if (in.truth()) {
            node.facets = Facets.read(in);
            node.placedFor = sharing.value(Identity.read(in));
            node.labels = Labels.read(in);
            node.countedDecommissioned = in.truth();
            node.countedMicros = in.fixed();
            node.nextChangeMicros = in.fixed();
            if (in.truth()) {
                node.countedSboms = sharing.value(RunningSboms.Counted.read(in));
            }
        }
        return node;
    }
}
