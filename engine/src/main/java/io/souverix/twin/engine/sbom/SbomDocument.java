package io.souverix.twin.engine.sbom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a stored SBOM says: its components, and how the root comes to each. Immutable.
public final class SbomDocument {
    private static final int NO_PARENT = -1;

    private final String digest;
    private final long recordedMicros;
    private final long bytes;
    private final String specVersion;
    private final List<Component> components;
    private final int root;
    private final int[] parents;

    /// @param root the component that the document is about, or -1
    /// @param edges for each component, those it depends on or contains
    SbomDocument(Source source, List<Component> components, int root, List<int[]> edges) {
        this.digest = source.digest();
        this.recordedMicros = source.recordedMicros();
        this.bytes = source.bytes();
        this.specVersion = source.specVersion();
        this.components = List.copyOf(components);
        this.root = root;
        this.parents = parents(root, edges);
    }

    private SbomDocument(SbomDocument other, long recordedMicros) {
        this.digest = other.digest;
        this.recordedMicros = recordedMicros;
        this.bytes = other.bytes;
        this.specVersion = other.specVersion;
        this.components = other.components;
        this.root = other.root;
        this.parents = other.parents;
    }

    /// The same, recorded at an instant.
    SbomDocument recordedAt(long micros) {
        return new SbomDocument(this, micros);
    }

    /// Where a document is from.
    record Source(String digest, long recordedMicros, long bytes, String specVersion) {}

    /// The parent of each component on a shortest path from the root; a start is its own parent.
    /// Where the document does not say what the root depends on, that is what nothing else depends
    /// on; where it has no root, paths start there.
    private static int[] parents(int root, List<int[]> edges) {
        int[] parents = new int[edges.size()];
        Arrays.fill(parents, NO_PARENT);
        int[] queue = new int[edges.size()];
        int end = 0;
        if (root >= 0) {
            parents[root] = root;
            queue[end++] = root;
        }
        if (root < 0 || edges.get(root).length == 0) {
            for (int head : heads(root, edges)) {
                parents[head] = root < 0 ? head : root;
                queue[end++] = head;
            }
        }
        for (int at = 0; at < end; at++) {
            for (int next : edges.get(queue[at])) {
                if (parents[next] == NO_PARENT) {
                    parents[next] = queue[at];
                    queue[end++] = next;
                }
            }
        }
        return parents;
    }

    /// The components, without the root, that nothing depends on.
    private static int[] heads(int root, List<int[]> edges) {
        boolean[] needed = new boolean[edges.size()];
        edges.forEach(targets -> {
            for (int target : targets) {
                needed[target] = true;
            }
        });
        return IntStream.range(0, needed.length).filter(i -> i != root && !needed[i]).toArray();
    }

    /// `sha256:` and hex.
    public String digest() {
        return digest;
    }

    public long recordedMicros() {
        return recordedMicros;
    }

    public long bytes() {
        return bytes;
    }

    public String specVersion() {
        return specVersion;
    }

    public List<Component> components() {
        return components;
    }

    /// What the document is about, or null.
    public @Nullable Component root() {
        return root < 0 ? null : components.get(root);
    }

    boolean isRoot(int component) {
        return component == root;
    }

    /// A shortest path of dependencies from the root to a component, both included; null where the
    /// document does not say how the root comes to it.
    @Nullable List<String> path(int component) {
        if (parents[component] == NO_PARENT) {
            return null;
        }
        List<String> path = new ArrayList<>();
        int at = component;
        while (at != parents[at]) {
            path.addFirst(components.get(at).shown());
            at = parents[at];
        }
        path.addFirst(components.get(at).shown());
        return path;
    }
}
