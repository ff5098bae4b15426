package io.souverix.twin.engine.sbom;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A component of an SBOM.
///
/// @param group empty where it has none
/// @param version of the package URL, or else as stated; null where neither says
/// @param purl as stated, or null
/// @param packageName read from the package URL; null where there is none that can be read
public record Component(
        String group,
        String name,
        @Nullable String version,
        @Nullable String purl,
        @Nullable PackageName packageName) {

    static Component of(
            String group, String name, @Nullable String version, @Nullable String purl) {
        Optional<PackageName> read = PackageName.parse(purl);
        String ofPurl = read.map(PackageName::version).orElse(null);
        return new Component(
                group, name, ofPurl == null ? version : ofPurl, purl, read.orElse(null));
    }

    /// What it is, whatever its version: comparable between documents.
    String identity() {
        return packageName != null
                ? "pkg:" + packageName.key()
                : group.isEmpty() ? name : group + "/" + name;
    }

    /// How it is shown: its package URL, or its name and version.
    String shown() {
        if (purl != null) {
            return purl;
        }
        return version == null ? identity() : identity() + "@" + version;
    }
}
