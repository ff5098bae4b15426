package io.souverix.twin.engine.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a package is called, whatever its version: type, namespace and name of its package URL.
///
/// @param key all three in one text
/// @param version of the package URL, or null
public record PackageName(
        String key,
        String type,
        @Nullable String namespace,
        String name,
        @Nullable String version) {

    /// Longer texts are no package URLs.
    private static final int MAX_LENGTH = 2_048;

    /// Reads a package URL; empty where it is none.
    public static Optional<PackageName> parse(@Nullable String purl) {
        if (purl == null || purl.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            PackageURL url = new PackageURL(purl);
            String namespace = url.getNamespace();
            String key =
                    url.getType()
                            + "/"
                            + (namespace == null ? "" : namespace + "/")
                            + url.getName();
            return Optional.of(
                    new PackageName(
                            key, url.getType(), namespace, url.getName(), url.getVersion()));
        } catch (MalformedPackageURLException | RuntimeException _) {
            return Optional.empty();
        }
    }

    /// Under what a component without a package URL is looked for.
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The names under which a component without a package URL may be this package.
    List<String> plainNames() {
        String plain = plain(name);
        if (namespace == null) {
            return List.of(plain);
        }
        String space = plain(namespace);
        return List.of(plain, space + "/" + plain, space + ":" + plain);
    }

    /// Whether a component that has a name only may be this package.
    ///
    /// @param group of the component, empty where it has none
    boolean mayBe(String group, String otherName) {
        String other = plain(otherName);
        String space = namespace == null ? "" : plain(namespace);
        if (other.equals(plain(name))) {
            return group.isEmpty() || plain(group).equals(space);
        }
        return !space.isEmpty()
                && (other.equals(space + "/" + plain(name))
                        || other.equals(space + ":" + plain(name)));
    }
}
