package io.souverix.twin.core.authority;

import io.souverix.twin.core.event.AuthorityLevel;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Times;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A region, zone or trust domain, as its history makes it. Immutable.
///
/// @param registered the newest registration, or null where it only has claims
/// @param epoch the highest epoch that was ever claimed, or -1
/// @param claims who still claims in that epoch, by master
/// @param federation the newest link to an upstream, or null
/// @param lastSyncMicros of the newest `region_synced`, or [Times#NONE]
public record Domain(
        String id,
        @Nullable DomainRegistered registered,
        long epoch,
        Map<String, AuthorityClaimed> claims,
        @Nullable FederationLinked federation,
        @Nullable RegionSynced sync,
        long lastSyncMicros) {
    public Domain {
        claims = Map.copyOf(claims);
    }

    /// What the history of a domain makes of it.
    ///
    /// @param history sorted by [Event#ORDER], without the annulled
    public static Domain of(String id, Collection<Event> history) {
        DomainRegistered registered = null;
        FederationLinked federation = null;
        RegionSynced sync = null;
        long lastSync = Times.NONE;
        long epoch = -1;
        for (Event event : history) {
            switch (event.payload()) {
                case DomainRegistered newer -> registered = newer;
                case FederationLinked newer -> federation = newer;
                case RegionSynced newer -> {
                    sync = newer;
                    lastSync = event.timestampMicros();
                }
                case AuthorityClaimed _ -> epoch = Math.max(epoch, event.epoch());
                default -> {}
            }
        }
        return new Domain(
                id, registered, epoch, claims(history, epoch), federation, sync, lastSync);
    }

    private static Map<String, AuthorityClaimed> claims(Collection<Event> history, long epoch) {
        Map<String, AuthorityClaimed> claims = new TreeMap<>();
        for (Event event : history) {
            if (event.payload() instanceof AuthorityClaimed claim && event.epoch() == epoch) {
                claims.put(claim.master(), claim);
            }
        }
        for (Event event : history) {
            if (event.payload() instanceof AuthorityReleased release && event.epoch() >= epoch) {
                claims.remove(release.master());
            }
        }
        return claims;
    }

    public @Nullable String parent() {
        return registered == null ? null : registered.parent();
    }

    /// Who governs it, or null where it is vacant.
    public @Nullable Authority authority() {
        if (claims.isEmpty()) {
            return null;
        }
        List<String> masters = claims.keySet().stream().sorted().toList();
        if (masters.size() > 1) {
            return new Authority(id, null, null, epoch, masters);
        }
        Map.Entry<String, AuthorityClaimed> claim = claims.entrySet().iterator().next();
        return new Authority(id, claim.getValue().level(), claim.getKey(), epoch, List.of());
    }

    /// Who governs a domain.
    ///
    /// @param master null in a conflict, as `level`
    /// @param claimants the sorted masters of a conflict; empty where there is none
    public record Authority(
            String domain,
            @Nullable AuthorityLevel level,
            @Nullable String master,
            long epoch,
            List<String> claimants) {
        public Authority {
            claimants = List.copyOf(claimants);
        }

        public boolean conflict() {
            return !claimants.isEmpty();
        }
    }
}
