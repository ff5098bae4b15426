package io.souverix.twin.core.query;

import io.souverix.twin.core.trust.Link;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.core.twin.TwinView;
import java.util.List;

/// The fields of `identity`, `supply_chain` and `meta`.
final class IdentityFields {
    /// The field that every twin has and no two share.
    static final String ID = "identity.immutable_id";

    private IdentityFields() {}

    static void addTo(FieldList list) {
        list.text(ID, view -> view.twin().id())
                .text("identity.name", view -> view.twin().identity().name())
                .text("identity.component_type", view -> view.twin().identity().componentType())
                .text("identity.region", view -> view.twin().identity().region())
                .text("identity.zone", view -> view.twin().identity().zone())
                .texts("identity.clusters", view -> view.twin().identity().clusters())
                .text("identity.trust_domain", view -> view.twin().identity().trustDomain())
                .texts("identity.trust_chain", IdentityFields::trustChain)
                .tree(
                        "supply_chain.hardware_metadata",
                        view -> view.twin().identity().hardwareMetadata())
                .tree(
                        "supply_chain.manufacturing_batch",
                        view -> view.twin().identity().manufacturingBatch())
                .tree(
                        "supply_chain.software_provenance",
                        view -> view.twin().identity().softwareProvenance())
                .texts("supply_chain.trust_chain", IdentityFields::trustChain);
    }

    private static List<String> trustChain(TwinView view) {
        return view.twin().trust().chain().stream().map(Link::issuer).toList();
    }

    static void addMetaTo(FieldList list) {
        list.text("meta.revision", view -> tally(view).revision().hex())
                .count("meta.events", view -> tally(view).events())
                .instant("meta.updated_at", view -> tally(view).updatedMicros())
                .instant("meta.at", TwinView::nowMicros);
    }

    private static Tally tally(TwinView view) {
        return view.tally();
    }
}
