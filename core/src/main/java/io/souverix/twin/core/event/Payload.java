package io.souverix.twin.core.event;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an event says, by type: the catalogue of docs/events.md as records. An absent optional field
/// is null ([Times#NONE] or -1 where a `long`). Instants are in microseconds ([Times]).
public sealed interface Payload {

    // State transitions

    record StateTransition(
            NodeState to,
            @Nullable NodeState from,
            @Nullable String reason,
            @Nullable JsonNumber latencyMs,
            long syncIntervalSeconds,
            long backlog,
            long returnEtaMicros)
            implements Payload {}

    // Drift that another system observed

    record VersionDriftDetected(
            String component,
            String desired,
            String actual,
            @Nullable String severity,
            @Nullable String impact)
            implements Payload {}

    record ConfigDriftDetected(List<FieldDrift> details) implements Payload {
        public ConfigDriftDetected {
            details = List.copyOf(details);
        }
    }

    /// One field on both sides; a null side is absent there.
    record FieldDrift(ConfigPath path, Json desired, Json actual) {}

    record PolicyDriftDetected(
            String policyVersion,
            String actualVersion,
            @Nullable JsonNumber complianceScore,
            long violations)
            implements Payload {}

    // Lifecycle

    record NodeRegistered(Registration registration) implements Payload {}

    record ProvisioningStarted(Registration registration, @Nullable String desiredVersion)
            implements Payload {}

    /// Identity and placement; every part is optional here.
    record Registration(
            @Nullable String componentType,
            @Nullable String region,
            @Nullable String zone,
            @Nullable List<String> clusters,
            @Nullable String trustDomain,
            @Nullable String name,
            @Nullable Hardware hardware,
            @Nullable JsonObject supplyChain) {}

    record Hardware(
            @Nullable String serial,
            @Nullable String manufacturingOrigin,
            @Nullable String batchId,
            @Nullable String firmwareVersion,
            @Nullable String firmwareSignature) {}

    record ProvisioningCompleted() implements Payload {}

    record HardwareReported(Hardware hardware) implements Payload {}

    record UpdateInitiated(
            String targetVersion,
            @Nullable String fromVersion,
            @Nullable String campaign,
            @Nullable Json wave,
            long deadlineMicros)
            implements Payload {}

    record UpdateCompleted(
            String version, @Nullable String imageProvenance, @Nullable String sbomHash)
            implements Payload {}

    record UpdateFailed(String version, String reason) implements Payload {}

    record MaintenancePlanned(long windowStartMicros, long windowEndMicros, @Nullable String reason)
            implements Payload {}

    record MaintenanceStarted(@Nullable String reason, long windowEndMicros) implements Payload {}

    record MaintenanceCompleted() implements Payload {}

    record DecommissioningStarted(@Nullable String reason) implements Payload {}

    record DecommissioningCompleted() implements Payload {}

    record DesiredStateChanged(
            @Nullable String softwareVersion, @Nullable String policyVersion, ConfigFacts config)
            implements Payload {}

    record ActualStateReported(
            @Nullable String softwareVersion,
            @Nullable String policyVersion,
            @Nullable String firmwareVersion,
            ConfigFacts config,
            @Nullable Compliance compliance,
            @Nullable String imageProvenance,
            @Nullable String sbomHash,
            @Nullable String health,
            long lastAppliedMicros)
            implements Payload {
        /// Whether it says nothing of what the node is.
        public boolean isEmpty() {
            return softwareVersion == null
                    && policyVersion == null
                    && firmwareVersion == null
                    && config.isEmpty()
                    && compliance == null
                    && imageProvenance == null
                    && sbomHash == null
                    && health == null
                    && lastAppliedMicros == Times.NONE;
        }
    }

    /// Configuration facts of one side: a whole snapshot, then changes by path that do not overlap.
    record ConfigFacts(@Nullable JsonObject snapshot, List<PathChange> changes) {
        public static final ConfigFacts NOTHING = new ConfigFacts(null, List.of());

        public ConfigFacts {
            changes = List.copyOf(changes);
        }

        public boolean isEmpty() {
            return snapshot == null && changes.isEmpty();
        }
    }

    /// A path set to a value, or removed where the value is JSON `null`.
    record PathChange(ConfigPath path, Json value) {}

    /// A compliance report, in one of its two forms.
    sealed interface Compliance {
        record Counts(long passed, long failed, long notApplicable, long unevaluable)
                implements Compliance {}

        /// What another system says; -1 and null where not given.
        record Given(@Nullable JsonNumber score, long violations) implements Compliance {}
    }

    // Connectivity

    record ConnectionEstablished(@Nullable JsonNumber latencyMs, @Nullable String reason)
            implements Payload {}

    record ConnectionLost(ConnectivityState mode, @Nullable String reason, long returnEtaMicros)
            implements Payload {}

    record ConnectivityReported(
            @Nullable JsonNumber latencyMs,
            @Nullable JsonNumber lossPct,
            long backlog,
            @Nullable JsonObject backlogByType,
            @Nullable JsonObject backlogByPriority,
            long oldestMessageMicros,
            long syncIntervalSeconds)
            implements Payload {}

    record SyncCompleted(@Nullable JsonNumber latencyMs) implements Payload {}

    record ReplayStarted(long total, long etaMicros) implements Payload {}

    record ReplayProgressed(long processed, long total, long etaMicros) implements Payload {}

    record ReplayCompleted(long processed, @Nullable JsonNumber latencyMs, long backlog)
            implements Payload {}

    // Trust

    record AttestationPerformed(
            AttestationResult result,
            @Nullable String verifier,
            @Nullable Json evidence,
            @Nullable JsonObject claims)
            implements Payload {}

    record CertificateRotated(List<Certificate> chain) implements Payload {
        public CertificateRotated {
            chain = List.copyOf(chain);
        }
    }

    record Certificate(
            String issuer,
            String subject,
            long validFromMicros,
            long validUntilMicros,
            @Nullable String signature,
            @Nullable String pem) {}

    record TrustChainValidated(boolean valid, @Nullable String reason) implements Payload {}

    record SbomUpdated(
            String component,
            String version,
            String sbomHash,
            @Nullable String provenance,
            List<Dependency> dependencies,
            @Nullable JsonObject envelope)
            implements Payload {
        public SbomUpdated {
            dependencies = List.copyOf(dependencies);
        }
    }

    record Dependency(String name, String version, @Nullable String purl) {}

    // Graph

    record RelationshipAdded(String to, String type, @Nullable JsonObject attributes)
            implements Payload {}

    record RelationshipRemoved(String to, String type) implements Payload {}

    record LinkReported(
            String to,
            String type,
            LinkHealth health,
            @Nullable JsonNumber latencyMs,
            @Nullable JsonNumber lossPct)
            implements Payload {}

    record ClusterJoined(String cluster) implements Payload {}

    record ClusterLeft(String cluster) implements Payload {}

    // Correction

    record EventAnnulled(String eventId, long eventTimestampMicros, String reason)
            implements Payload {}

    // Authority and federation

    record DomainRegistered(DomainKind kind, @Nullable String parent, @Nullable String name)
            implements Payload {}

    record AuthorityClaimed(AuthorityLevel level, String master, @Nullable Autonomy autonomy)
            implements Payload {}

    /// What a domain may do on its own; absent is false.
    record Autonomy(
            boolean canOperateIsolated, boolean canModifyPolicies, boolean canDeployVersions) {}

    record AuthorityReleased(String master) implements Payload {}

    record FederationLinked(String upstream, @Nullable FederationMode mode, long frequencySeconds)
            implements Payload {}

    record RegionSynced(@Nullable String upstream, long messages, long backlog)
            implements Payload {}

    // Catalogue of releases

    record ReleasePublished(
            String version, @Nullable String sbomHash, boolean security, List<Advisory> advisories)
            implements Payload {
        public ReleasePublished {
            advisories = List.copyOf(advisories);
        }
    }

    record Advisory(
            String id,
            @Nullable Severity severity,
            @Nullable JsonNumber cvss,
            boolean knownExploited) {}

    // Anything else

    /// An `x_` event: kept, streamed and listed, changes no twin.
    record Extension() implements Payload {}
}
