package io.souverix.twin.engine.graph;

import io.souverix.twin.core.graph.layout.Area;
import io.souverix.twin.core.graph.layout.Home;
import io.souverix.twin.core.graph.layout.Lattice;
import io.souverix.twin.engine.graph.MapFile.Arrival;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The map of the fleet with all its revisions. Homes get slots as they are first seen and keep them;
/// only a new revision moves them, and it holds from its own instant on. Thread-safe.
///
/// Outside the law: another fleet of the same events may have come to another map. Where it cannot
/// be written down, it lives on in memory, and is told.
final class FleetMap {
    /// How many revisions are kept; beyond it the oldest is forgotten, and the next one holds for its
    /// time.
    static final int MAX_REVISIONS = 32;

    /// How many homes one thread seeks at a time.
    private static final int PART = 4_096;

    private final @Nullable MapFile file;
    private final List<Revision> revisions = new ArrayList<>();

    /// A state of the map.
    ///
    /// @param fromMicros since when it holds; `Long.MIN_VALUE` for the first
    record Revision(int number, long fromMicros, Lattice lattice) {
        Arrival packed() {
            return new Arrival(number, true, fromMicros, homes(0, lattice.packed()));
        }

        Arrival added() {
            return new Arrival(number, false, fromMicros, homes(lattice.packed(), lattice.size()));
        }

        private List<Home> homes(int from, int to) {
            List<Home> homes = new ArrayList<>(to - from);
            for (int i = from; i < to; i++) {
                homes.add(lattice.home(i));
            }
            return homes;
        }
    }

    /// @param file null to keep it in memory only
    FleetMap(@Nullable MapFile file) {
        this.file = file;
        if (file != null) {
            restore(file.read());
        }
    }

    private void restore(List<Arrival> arrivals) {
        int at = 0;
        while (at < arrivals.size()) {
            Arrival first = arrivals.get(at);
            List<Home> homes = new ArrayList<>();
            while (at < arrivals.size()
                    && arrivals.get(at).begins()
                    && arrivals.get(at).revision() == first.revision()) {
                homes.addAll(arrivals.get(at++).homes());
            }
            if (first.begins()) {
                revisions.add(
                        new Revision(first.revision(), first.fromMicros(), new Lattice(homes)));
            } else {
                at++;
                revisions.stream()
                        .filter(revision -> revision.number() == first.revision())
                        .forEach(revision -> first.homes().forEach(revision.lattice()::add));
            }
        }
    }

    /// Asks the revision of an instant, once it has slots for some homes.
    ///
    /// @param atMicros `Long.MAX_VALUE` for the present
    /// @param residents the nodes at that instant
    /// @param current those of the present: a first revision is packed with them
    /// @param question asked with the indexes of the homes of the residents
    synchronized <T> T ask(
            long atMicros,
            List<Resident> residents,
            Supplier<List<Resident>> current,
            BiFunction<Revision, int[], T> question) {
        if (revisions.isEmpty()) {
            List<Resident> first = current.get();
            if (first.isEmpty() && residents.isEmpty()) {
                return question.apply(
                        new Revision(0, Long.MIN_VALUE, new Lattice(List.of())), new int[0]);
            }
            begin(Long.MIN_VALUE, homes(first.isEmpty() ? residents : first));
        }
        Revision revision = at(atMicros);
        return question.apply(revision, settle(revision, residents));
    }

    private Revision at(long atMicros) {
        for (Revision revision : revisions.reversed()) {
            if (revision.fromMicros() <= atMicros) {
                return revision;
            }
        }
        return revisions.getFirst();
    }

    private static List<Home> homes(List<Resident> residents) {
        return residents.stream().map(Resident::home).toList();
    }

    /// Gives slots to those that have none; gives the indexes of all.
    private int[] settle(Revision revision, List<Resident> residents) {
        Lattice lattice = revision.lattice();
        int[] indexes = find(lattice, residents);
        List<Home> coming = new ArrayList<>();
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] < 0) {
                coming.add(residents.get(i).home());
            }
        }
        if (coming.isEmpty()) {
            return indexes;
        }
        coming.sort(Home.ORDER);
        List<Home> fresh = new ArrayList<>();
        for (Home home : coming) {
            // The same home may be asked for twice, of two instants.
            if (lattice.find(home.id(), home.region(), home.zone()) < 0) {
                var _ = lattice.add(home);
                fresh.add(home);
            }
        }
        keep(target ->
                target.append(new Arrival(revision.number(), false, revision.fromMicros(), fresh)));
        return find(lattice, residents);
    }

    /// The indexes of homes, -1 for those that have none; sought side by side.
    private static int[] find(Lattice lattice, List<Resident> residents) {
        int[] indexes = new int[residents.size()];
        int parts = Math.ceilDiv(indexes.length, PART);
        IntStream.range(0, parts)
                .parallel()
                .forEach(part -> {
                    int from = part * PART;
                    find(lattice, residents, indexes, from, Math.min(indexes.length, from + PART));
                });
        return indexes;
    }

    private static void find(
            Lattice lattice, List<Resident> residents, int[] indexes, int from, int to) {
        Resident.@Nullable Zone zone = null;
        @Nullable Area area = null;
        for (int i = from; i < to; i++) {
            Resident resident = residents.get(i);
            if (!resident.zone().equals(zone)) {
                zone = resident.zone();
                area = lattice.zone(zone.region(), zone.name());
            }
            indexes[i] = area == null ? -1 : lattice.find(resident.id(), area);
        }
    }

    /// Packs the map anew, from an instant on.
    synchronized Revision repack(long fromMicros, List<Resident> residents) {
        begin(revisions.isEmpty() ? Long.MIN_VALUE : fromMicros, homes(residents));
        return revisions.getLast();
    }

    private void begin(long fromMicros, List<Home> homes) {
        int number = revisions.isEmpty() ? 1 : revisions.getLast().number() + 1;
        revisions.add(new Revision(number, fromMicros, new Lattice(homes)));
        if (revisions.size() > MAX_REVISIONS) {
            revisions.removeFirst();
        }
        List<Arrival> all = new ArrayList<>();
        for (Revision revision : revisions) {
            all.add(revision.packed());
            all.add(revision.added());
        }
        keep(target -> target.replace(all));
    }

    private interface Writing {
        void to(MapFile file);
    }

    private void keep(Writing writing) {
        if (file == null) {
            return;
        }
        try {
            writing.to(file);
        } catch (UncheckedIOException e) {
            System.getLogger(FleetMap.class.getName())
                    .log(System.Logger.Level.WARNING, "the map could not be written down", e);
        }
    }
}
