package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Tone;

/// A twin as names and values: the fields a person asks for first. All of it is in `-o json`.
public final class TwinView {
    private TwinView() {}

    public static String text(Json twin, Paint paint) {
        Fields fields = new Fields();
        identity(fields, twin);
        connectivity(fields, Members.at(twin, "connectivity"));
        lifecycle(fields, Members.at(twin, "lifecycle"));
        drift(fields, twin);
        trust(fields, Members.at(twin, "trust"));
        authority(fields, twin);
        meta(fields, Members.at(twin, "meta"));
        return fields.text(paint);
    }

    private static void identity(Fields fields, Json twin) {
        Json identity = Members.at(twin, "identity");
        fields.heading("Identity")
                .field("id", new Cell(Members.text(identity, "immutable_id"), Tone.STRONG))
                .field("component type", Members.text(identity, "component_type"))
                .field("region", Members.text(identity, "region"))
                .field("zone", Members.text(identity, "zone"))
                .field("clusters", Members.text(identity, "clusters"))
                .field("trust domain", Members.text(identity, "trust_domain"))
                .field("operational", Words.word(twin, "operational", "state"));
    }

    private static void connectivity(Fields fields, Json connectivity) {
        fields.heading("Connectivity")
                .field("state", Words.word(connectivity, "state"))
                .field("since", Members.text(connectivity, "since"))
                .field("last sync", Members.text(connectivity, "last_sync"))
                .field("sync debt", Members.text(connectivity, "sync_debt"))
                .field("message backlog", Members.text(connectivity, "message_backlog"))
                .field("latency", withUnit(Members.text(connectivity, "latency_ms"), "ms"));
        if (Members.at(connectivity, "replay") instanceof JsonObject replay) {
            fields.field(
                    "replay",
                    Members.text(replay, "processed") + " of " + Members.text(replay, "total"));
        }
        if (!Members.isNull(connectivity, "return_eta")) {
            fields.field("return expected", Members.text(connectivity, "return_eta"));
        }
    }

    private static void lifecycle(Fields fields, Json lifecycle) {
        Json software = Members.at(lifecycle, "software");
        fields.heading("Lifecycle")
                .field("phase", Words.word(lifecycle, "phase"))
                .field("software", Words.versions(software))
                .field("firmware", Members.text(lifecycle, "hardware", "firmware_version"))
                .field("serial", Members.text(lifecycle, "hardware", "serial"));
        if (Members.at(lifecycle, "update") instanceof JsonObject update) {
            fields.field(
                    "last update",
                    Members.text(update, "state") + " " + Members.text(update, "target_version"));
        }
    }

    private static void drift(Fields fields, Json twin) {
        Json policy = Members.at(twin, "policy");
        fields.heading("Drift")
                .field("status", Words.word(twin, "drift", "status"))
                .field("score", Words.value(twin, "drift", "score"))
                .field("severity", Words.word(twin, "drift", "severity"))
                .field("findings", Members.text(twin, "drift", "findings"))
                .field("policy", policy(policy))
                .field("compliance", Words.value(policy, "compliance_score"));
    }

    private static String policy(Json policy) {
        String actual = Members.text(policy, "actual_policy");
        String desired = Members.text(policy, "desired_policy");
        return actual.equals(desired) ? actual : actual + " (desired " + desired + ")";
    }

    private static void trust(Fields fields, Json trust) {
        fields.heading("Trust")
                .field("attestation", Words.word(trust, "attestation_state"))
                .field("last attestation", Members.text(trust, "last_attestation"))
                .field("score", Words.value(trust, "trust_score"))
                .field("integrity", Words.word(trust, "integrity_state"))
                .field("certificate until", Members.text(trust, "certificate_valid_until"));
    }

    private static void authority(Fields fields, Json twin) {
        if (!(Members.at(twin, "authority") instanceof JsonObject authority)) {
            return;
        }
        boolean conflict = Members.isTrue(authority, "conflict");
        Cell master =
                conflict
                        ? new Cell("conflict: " + Members.text(authority, "claimants"), Tone.BAD)
                        : Members.cell(authority, "master");
        fields.heading("Authority")
                .field("domain", Members.text(authority, "domain"))
                .field("level", Members.text(authority, "level"))
                .field("master", master);
    }

    private static void meta(Fields fields, Json meta) {
        fields.heading("Answer")
                .field("as of", Members.text(meta, "at"))
                .field("updated at", Members.text(meta, "updated_at"))
                .field("events", Members.text(meta, "events"))
                .field("revision", Members.text(meta, "revision"));
    }

    private static String withUnit(String number, String unit) {
        return number.equals(Members.UNKNOWN) ? number : number + " " + unit;
    }
}
