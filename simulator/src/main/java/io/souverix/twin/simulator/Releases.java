package io.souverix.twin.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The releases of each component, oldest first: versions, digests, advisories, and the software
/// bill of materials of each, rendered once.
final class Releases {
    /// Releases that are out when the scenario starts.
    static final int AT_START = 6;

    private static final String[] SEVERITIES = {"medium", "high", "critical", "low"};
    private static final int[] CVSS = {590, 810, 980, 310};

    private final long seed;
    private final Map<Component, List<Release>> releases = new EnumMap<>(Component.class);

    Releases(long seed) {
        this.seed = seed;
        for (Component component : Component.ALL) {
            releases.put(component, new ArrayList<>());
            for (int i = 0; i < AT_START; i++) {
                add(component);
            }
        }
    }

    /// @param members what `release_published` says, as rendered members
    /// @param sbom what `sbom_updated` says, as rendered members
    record Release(String version, String name, byte[] members, byte[] sbom, String sbomHash) {}

    Release release(Component component, int index) {
        return list(component).get(index);
    }

    int newest(Component component) {
        return list(component).size() - 1;
    }

    /// Makes the next release; answers its index.
    int add(Component component) {
        List<Release> known = list(component);
        int index = known.size();
        String version = version(index);
        String hash = hash(component, index);
        known.add(
                new Release(
                        version,
                        component.type() + "-" + version,
                        members(version, hash, index).getBytes(UTF_8),
                        sbom(component, version, hash, index).getBytes(UTF_8),
                        hash));
        return index;
    }

    private List<Release> list(Component component) {
        return releases.getOrDefault(component, List.of());
    }

    /// 1.4.0 … 1.4.4, 1.5.0 …, with a candidate before every tenth, and 2.0.0 at the twentieth.
    private static String version(int index) {
        if (index % 10 == 9) {
            return version(index + 1) + "-rc.1";
        }
        int major = 1 + index / 20;
        int minor = index % 20 / 5 + (major == 1 ? 4 : 0);
        return major + "." + minor + "." + index % 5;
    }

    private String hash(Component component, int index) {
        StringBuilder hex = new StringBuilder("sha256:");
        for (int part = 0; part < 4; part++) {
            long word = Dice.hash(seed, component.index() * 100_000L + index, part);
            hex.append(Long.toHexString(word | Long.MIN_VALUE));
        }
        return hex.toString();
    }

    private static String members(String version, String hash, int index) {
        String all = "\"version\":\"" + version + "\",\"sbom_hash\":\"" + hash + "\"";
        if (index % 3 != 1) {
            return all;
        }
        int rank = index / 3 % SEVERITIES.length;
        String known = SEVERITIES[rank].equals("critical") ? ",\"known_exploited\":true" : "";
        String cvss = CVSS[rank] / 100 + "." + CVSS[rank] % 100 / 10;
        return all
                + ",\"security\":true,\"advisories\":[{\"id\":\"SX-2026-"
                + (1000 + index)
                + "\",\"severity\":\""
                + SEVERITIES[rank]
                + "\",\"cvss\":"
                + cvss
                + known
                + "}]";
    }

    private static String sbom(Component component, String version, String hash, int index) {
        return "\"component\":\""
                + component.type()
                + "\",\"version\":\""
                + version
                + "\",\"sbom_hash\":\""
                + hash
                + "\",\"provenance\":\"signed-by-build-system\",\"dependencies\":["
                + dependencies(component, index)
                + "]";
    }

    private static String dependencies(Component component, int index) {
        String openssl = index < 3 ? "3.0.7" : index < 6 ? "3.0.13" : "3.0." + (9 + index);
        String log4j = index < 2 ? "2.14.1" : index < 4 ? "2.16.0" : "2." + (15 + index) + ".0";
        String netty = "4.1." + (100 + index) + ".Final";
        String shared =
                dependency("openssl", openssl, "pkg:generic/openssl@")
                        + ","
                        + dependency(
                                "log4j-core",
                                log4j,
                                "pkg:maven/org.apache.logging.log4j/log4j-core@");
        return switch (component) {
            case REMPART ->
                    shared
                            + ","
                            + dependency(
                                    "netty-handler", netty, "pkg:maven/io.netty/netty-handler@");
            case COEUR -> shared + "," + dependency("rustls", "0.23." + index, "pkg:cargo/rustls@");
            case RELAIS ->
                    shared
                            + ","
                            + dependency("libsrtp", "2." + index + ".0", "pkg:generic/libsrtp@")
                            + ","
                            + dependency("ws", "8.17." + index, "pkg:npm/ws@");
        };
    }

    private static String dependency(String name, String version, String purl) {
        return "{\"name\":\""
                + name
                + "\",\"version\":\""
                + version
                + "\",\"purl\":\""
                + purl
                + version
                + "\"}";
    }
}
