package io.souverix.twin.engine.shard;

import io.souverix.twin.core.trust.Inlined;
import io.souverix.twin.core.trust.RunningSbom;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.engine.sbom.AffectedVersions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which nodes of a shard run which SBOM, now and ever. The caller holds the shard's write lock to
/// change it, the read lock to read.
final class RunningSboms {
    private final Map<Content, Runners> byContent = new HashMap<>();
    private final Map<String, Set<Content>> byHash = new HashMap<>();

    /// Contents by what came inside events.
    private final Map<String, Set<Content>> byTerm = new HashMap<>();

    /// An SBOM, with what the node's events say is in it.
    private record Content(String hash, Inlined inlined) {
        static Content of(RunningSbom run) {
            return new Content(run.hash(), run.inlined());
        }

        boolean isOf(RunningSbom run) {
            return hash.equals(run.hash()) && inlined.equals(run.inlined());
        }
    }

    /// The nodes that run an SBOM, by id.
    static final class Runners {
        private final Content content;
        final NavigableMap<String, Node> now = new TreeMap<>();

        /// Decommissioned ones whose last SBOM it is.
        final NavigableMap<String, Node> retired = new TreeMap<>();

        /// Those that ran it before what they run now.
        private final Set<Node> before = new HashSet<>();

        /// Visits each node that runs it or ever did, once.
        void each(Consumer<Node> visitor) {
            now.values().forEach(visitor);
            retired.values().forEach(visitor);
            for (Node node : before) {
                if (!content.isOf(node.twin().trust().sbomRuns().getLast())) {
                    visitor.accept(node);
                }
            }
        }

        private Runners(Content content) {
            this.content = content;
        }

        /// @param last whether it is the last that the node ran
        private void add(Node node, boolean last, boolean isRetired) {
            if (last) {
                (isRetired ? retired : now).put(node.id, node);
            } else {
                before.add(node);
            }
        }

        private void remove(Node node, boolean last, boolean isRetired) {
            if (last) {
                (isRetired ? retired : now).remove(node.id);
            } else {
                before.remove(node);
            }
        }

        private boolean isEmpty() {
            return now.isEmpty() && retired.isEmpty() && before.isEmpty();
        }
    }

    /// What of a node's twin is counted here.
    record Counted(Twin twin, int runs) {}

    /// Takes what a node runs anew.
    @SuppressWarnings("ReferenceEquality") // refolded: another twin, another past
    void refresh(Node node) {
        List<RunningSbom> runs = node.twin().trust().sbomRuns();
        Counted counted = node.countedSboms;
        if (counted == null ? runs.isEmpty() : isSame(counted, node)) {
            return;
        }
        if (counted != null) {
            List<RunningSbom> old = counted.twin().trust().sbomRuns().subList(0, counted.runs());
            boolean grown = counted.twin() == node.twin();
            if (!grown && areSame(old, runs)) {
                // Refolded to the same: mostly it is something else that came late.
                node.countedSboms = new Counted(node.twin(), runs.size());
                return;
            }
            change(node, grown ? old.subList(old.size() - 1, old.size()) : old, false);
            change(node, grown ? runs.subList(old.size() - 1, runs.size()) : runs, true);
        } else {
            change(node, runs, true);
        }
        node.countedSboms = runs.isEmpty() ? null : new Counted(node.twin(), runs.size());
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Counted counted, Node node) {
        return counted.twin() == node.twin()
                && counted.runs() == node.twin().trust().sbomRuns().size();
    }

    /// Whether two histories ran the same one after the other, whenever they did.
    private static boolean areSame(List<RunningSbom> a, List<RunningSbom> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            RunningSbom one = a.get(i);
            RunningSbom other = b.get(i);
            if (one.retired() != other.retired()
                    || !one.hash().equals(other.hash())
                    || !one.inlined().equals(other.inlined())) {
                return false;
            }
        }
        return true;
    }

    private void change(Node node, List<RunningSbom> runs, boolean in) {
        for (int i = 0; i < runs.size(); i++) {
            RunningSbom run = runs.get(i);
            Content content = Content.of(run);
            Runners runners = in ? runners(content) : byContent.get(content);
            if (runners == null) {
                continue;
            }
            boolean last = i == runs.size() - 1;
            if (in) {
                runners.add(node, last, run.retired());
            } else {
                runners.remove(node, last, run.retired());
                forgetIfEmpty(content, runners);
            }
        }
    }

    private Runners runners(Content content) {
        return byContent.computeIfAbsent(
                content,
                _ -> {
                    add(byHash, content.hash(), content);
                    for (String term : AffectedVersions.terms(content.inlined())) {
                        add(byTerm, term, content);
                    }
                    return new Runners(content);
                });
    }

    private static void add(Map<String, Set<Content>> sets, String key, Content content) {
        sets.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(content);
    }

    private void forgetIfEmpty(Content content, Runners runners) {
        if (!runners.isEmpty()) {
            return;
        }
        byContent.remove(content);
        remove(byHash, content.hash(), content);
        for (String term : AffectedVersions.terms(content.inlined())) {
            remove(byTerm, term, content);
        }
    }

    private static void remove(Map<String, Set<Content>> sets, String key, Content content) {
        Set<Content> set = sets.get(key);
        if (set != null && set.remove(content) && set.isEmpty()) {
            sets.remove(key);
        }
    }

    /// The nodes that run an SBOM of that hash, or ever did.
    Collection<Node> everOf(String hash) {
        Map<String, Node> nodes = new TreeMap<>();
        for (Content content : byHash.getOrDefault(hash, Set.of())) {
            runners(content).each(node -> nodes.put(node.id, node));
        }
        return nodes.values();
    }

    /// An SBOM that may have a package, and who runs it.
    record Candidate(RunningSbom sbom, Runners runners) {}

    /// The SBOMs that have a package: of the documents named, or by what came inside events.
    List<Candidate> candidates(AffectedVersions affected) {
        Set<Content> contents = new LinkedHashSet<>();
        for (String digest : affected.documents()) {
            contents.addAll(byHash.getOrDefault(digest, Set.of()));
        }
        for (String term : affected.terms()) {
            contents.addAll(byTerm.getOrDefault(term, Set.of()));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Content content : contents) {
            @Nullable Runners runners = byContent.get(content);
            RunningSbom sbom = new RunningSbom(0, content.hash(), content.inlined(), false);
            if (runners != null && !affected.matches(sbom).isEmpty()) {
                candidates.add(new Candidate(sbom, runners));
            }
        }
        return candidates;
    }
}
