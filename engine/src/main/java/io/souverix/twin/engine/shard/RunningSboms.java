package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.trust.Inlined;
import io.souverix.twin.core.trust.RunningSbom;
import io.souverix.twin.engine.sbom.AffectedVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Which nodes of a shard run which SBOM, now and ever: bitmaps over their places in the
/// [Roster]. The caller holds the shard's write lock to change it, the read lock to read.
final class RunningSboms {
    /// How many different histories are shared.
    private static final int MAX_SHARED = 65_536;

    private final Map<Content, Runners> byContent = new HashMap<>();
    private final Map<String, Set<Content>> byHash = new HashMap<>();

    /// What is counted of nodes, each once: most nodes ran what others ran too.
    private final Map<Counted, Counted> shared = new HashMap<>();

    /// Contents by what came inside events.
    private final Map<String, Set<Content>> byTerm = new HashMap<>();

    /// An SBOM, with what the node's events say is in it.
    record Content(String hash, Inlined inlined) {
        static Content of(RunningSbom run) {
            return new Content(run.hash(), run.inlined());
        }

        boolean isOf(RunningSbom run) {
            return hash.equals(run.hash()) && inlined.equals(run.inlined());
        }
    }

    /// The nodes that run an SBOM, by their places.
    static final class Runners {
        final RoaringBitmap now = new RoaringBitmap();

        /// Decommissioned ones whose last SBOM it is.
        final RoaringBitmap retired = new RoaringBitmap();

        /// Those that ran it before what they run now, or before the last that they ran.
        private final RoaringBitmap before = new RoaringBitmap();

        private RoaringBitmap of(boolean last, boolean isRetired) {
            if (!last) {
                return before;
            }
            return isRetired ? retired : now;
        }

        /// Those that run it or ever did.
        RoaringBitmap ever() {
            return RoaringBitmap.or(now, retired, before);
        }

        private boolean isEmpty() {
            return now.isEmpty() && retired.isEmpty() && before.isEmpty();
        }
    }

    /// What is counted here of a node: what it ran, oldest first, never nothing.
    ///
    /// @param retired whether it runs the last of it no more
    record Counted(List<Content> contents, boolean retired) {
        Counted {
            contents = List.copyOf(contents);
        }

        private boolean isOf(List<RunningSbom> runs) {
            if (contents.size() != runs.size() || retired != runs.getLast().retired()) {
                return false;
            }
            for (int i = contents.size() - 1; i >= 0; i--) {
                if (!contents.get(i).isOf(runs.get(i))) {
                    return false;
                }
            }
            return true;
        }

        void write(StateWriter out) {
            out.truth(retired);
            out.list(
                    contents,
                    (o, content) -> RunningSbom.write(o.text(content.hash()), content.inlined()));
        }

        static Counted read(StateReader in) {
            boolean retired = in.truth();
            return new Counted(
                    in.list(i -> new Content(i.text(), RunningSbom.readInlined(i))), retired);
        }
    }

    /// Takes what a node runs anew.
    void refresh(Node node) {
        List<RunningSbom> runs = node.twin().trust().sbomRuns();
        Counted counted = node.countedSboms;
        if (counted == null ? runs.isEmpty() : !runs.isEmpty() && counted.isOf(runs)) {
            return;
        }
        Counted fresh =
                runs.isEmpty()
                        ? null
                        : shared(
                                new Counted(
                                        runs.stream().map(Content::of).toList(),
                                        runs.getLast().retired()));
        int same = counted == null || fresh == null ? 0 : kept(counted, fresh);
        if (counted != null) {
            change(node, counted, same, false);
        }
        if (fresh != null) {
            change(node, fresh, same, true);
        }
        node.countedSboms = fresh;
    }

    /// How many of the first contents need not be counted anew: all but the last of what was, where
    /// they still are; else none, as one content may stand in several places.
    private static int kept(Counted before, Counted after) {
        int most = before.contents().size() - 1;
        boolean grown =
                after.contents().size() > most
                        && before.contents()
                                .subList(0, most)
                                .equals(after.contents().subList(0, most));
        return grown ? most : 0;
    }

    /// Those that run what nodes of the store ran, one for each content. They stay right until a node
    /// is counted out.
    Runners[] runners(Counted counted) {
        var _ = shared.putIfAbsent(counted, counted);
        return counted.contents().stream().map(this::runners).toArray(Runners[]::new);
    }

    /// Counts a node in that is counted nowhere.
    ///
    /// @param runners those of what it ran
    static void add(int place, Counted counted, Runners[] runners) {
        for (int i = 0; i < runners.length; i++) {
            runners[i].of(i == runners.length - 1, counted.retired()).add(place);
        }
    }

    private Counted shared(Counted counted) {
        if (shared.size() >= MAX_SHARED) {
            shared.clear();
        }
        Counted standing = shared.putIfAbsent(counted, counted);
        return standing == null ? counted : standing;
    }

    private void change(Node node, Counted counted, int from, boolean in) {
        List<Content> contents = counted.contents();
        for (int i = from; i < contents.size(); i++) {
            Content content = contents.get(i);
            Runners runners = in ? runners(content) : byContent.get(content);
            if (runners == null) {
                continue;
            }
            RoaringBitmap places = runners.of(i == contents.size() - 1, counted.retired());
            if (in) {
                places.add(node.place);
            } else {
                places.remove(node.place);
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
                    return new Runners();
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

    /// The places of the nodes that run an SBOM of that hash, or ever did.
    RoaringBitmap everOf(String hash) {
        RoaringBitmap places = new RoaringBitmap();
        for (Content content : byHash.getOrDefault(hash, Set.of())) {
            places.or(runners(content).ever());
        }
        return places;
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
