package io.souverix.twin.core.authority;

import io.souverix.twin.core.event.AuthorityLevel;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Times;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A region, zone or trust domain, as its history makes it. Immutable; [#after] gives the next.
///
/// @param registered the newest registration, or null where it only has claims
/// @param epoch the highest epoch that was ever claimed, or -1
/// @param claims who still claims in that epoch, by master
/// @param released up to which epoch each master ever gave up its claims
/// @param federation the newest link to an upstream, or null
/// @param linkedMicros when that was, or [Times#NONE]
/// @param lastSyncMicros of the newest `region_synced`, or [Times#NONE]
public record Domain(
        String id,
        @Nullable DomainRegistered registered,
        long epoch,
        Map<String, AuthorityClaimed> claims,
        Map<String, Long> released,
        @Nullable FederationLinked federation,
        long linkedMicros,
        @Nullable RegionSynced sync,
        long lastSyncMicros) {
    public Domain {
        claims = Map.copyOf(claims);
        released = Map.copyOf(released);
    }

    /// A domain before its first event.
    public static Domain unknown(String id) {
        return new Domain(id, null, -1, Map.of(), Map.of(), null, Times.NONE, null, Times.NONE);
    }

    /// What the history of a domain makes of it.
    ///
    /// @param history sorted by [Event#ORDER], without the annulled
    public static Domain of(String id, Collection<Event> history) {
        Domain domain = unknown(id);
        for (Event event : history) {
            domain = domain.after(event);
        }
        return domain;
    }

    /// The domain after the next event of its history.
    public Domain after(Event event) {
        return switch (event.payload()) {
            case DomainRegistered newer ->
                    new Domain(
                            id,
                            newer,
                            epoch,
                            claims,
                            released,
                            federation,
                            linkedMicros,
                            sync,
                            lastSyncMicros);
            case FederationLinked newer ->
                    new Domain(
                            id,
                            registered,
                            epoch,
                            claims,
                            released,
                            newer,
                            event.timestampMicros(),
                            sync,
                            lastSyncMicros);
            case RegionSynced newer ->
                    new Domain(
                            id,
                            registered,
                            epoch,
                            claims,
                            released,
                            federation,
                            linkedMicros,
                            newer,
                            event.timestampMicros());
            case AuthorityClaimed claim -> claimed(claim, event.epoch());
            case AuthorityReleased release -> released(release.master(), event.epoch());
            default -> this;
        };
    }

    private Domain with(
            long newEpoch, Map<String, AuthorityClaimed> newClaims, Map<String, Long> newReleased) {
        return new Domain(
                id,
                registered,
                newEpoch,
                newClaims,
                newReleased,
                federation,
                linkedMicros,
                sync,
                lastSyncMicros);
    }

    /// A claim in a lower epoch than the highest never counts, nor one that was given up already.
    private Domain claimed(AuthorityClaimed claim, long term) {
        if (term < epoch) {
            return this;
        }
        Map<String, AuthorityClaimed> standing = new HashMap<>(term == epoch ? claims : Map.of());
        if (released.getOrDefault(claim.master(), -1L) < term) {
            standing.put(claim.master(), claim);
        }
        return with(term, standing, released);
    }

    private Domain released(String master, long term) {
        Map<String, Long> given = new HashMap<>(released);
        given.merge(master, term, Math::max);
        Map<String, AuthorityClaimed> standing = new HashMap<>(claims);
        if (term >= epoch) {
            standing.remove(master);
        }
        return with(epoch, standing, given);
    }

    public @Nullable String parent() {
        return registered == null ? null : registered.parent();
    }

    /// Whether nobody governs it by itself.
    public boolean vacant() {
        return claims.isEmpty();
    }

    /// Who governs it, or null where it is vacant.
    public @Nullable Authority authority() {
        if (claims.isEmpty()) {
            return null;
        }
        if (claims.size() > 1) {
            List<String> masters = claims.keySet().stream().sorted().toList();
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
