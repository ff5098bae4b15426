package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Payload.*;

/// Reads the payloads of domains, authority and federation.
final class AuthorityPayloads {
    private AuthorityPayloads() {}

    static Payload read(EventType type, Fields f) {
        return switch (type) {
            case DOMAIN_REGISTERED ->
                    new DomainRegistered(
                            f.word("kind", DomainKind.values()),
                            f.optionalSubjectId("parent"),
                            f.optionalText("name"));
            case AUTHORITY_CLAIMED ->
                    new AuthorityClaimed(
                            f.word("level", AuthorityLevel.values()),
                            f.text("master"),
                            f.optionalRecord("autonomy", AuthorityPayloads::autonomy));
            case AUTHORITY_RELEASED -> new AuthorityReleased(f.text("master"));
            case FEDERATION_LINKED ->
                    new FederationLinked(
                            f.text("upstream"),
                            f.optionalWord("mode", FederationMode.values()),
                            f.optionalDuration("frequency"));
            case REGION_SYNCED ->
                    new RegionSynced(
                            f.optionalText("upstream"),
                            f.optionalCount("messages"),
                            f.optionalCount("backlog"));
            default -> throw new IllegalStateException("no authority type: " + type);
        };
    }

    private static Autonomy autonomy(Fields f) {
        return new Autonomy(
                f.optionalBoolean("can_operate_isolated"),
                f.optionalBoolean("can_modify_policies"),
                f.optionalBoolean("can_deploy_versions"));
    }
}
