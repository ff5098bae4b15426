package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.judge.Histories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The process that [CutKillTest] kills: appends batches of a delivery from one on, cuts the log in
/// between, and prints the number of each batch with the floor it was appended above, and when it
/// begins to cut.
final class CutChild {
    static final String CUT = "CUT";

    /// What it says beside the numbers.
    static final Set<String> SAID = Set.of("OPEN", CUT, "DONE");

    static final long SEGMENT_BYTES = 4 << 10;

    private CutChild() {}

    static TwinEngine open(Path directory, long seed, List<String> lines) {
        return TwinEngine.open(
                directory,
                KillChild.options(seed, lines).withSegmentBytes(SEGMENT_BYTES),
                TwinEngine.Progress.SILENT);
    }

    /// The lines of a batch that are not older than the floor.
    static List<String> above(long floorMicros, List<String> batch) {
        return batch.stream()
                .filter(line -> TwinEngine.speaksOfMicros(Lines.event(line)) > floorMicros)
                .toList();
    }

    public static void main(String[] args) {
        long seed = Long.parseLong(args[1]);
        int from = Integer.parseInt(args[2]);
        List<String> lines = Histories.events(seed);
        List<List<String>> batches = Histories.delivery(lines, seed);
        long now = Times.micros(Histories.present(lines, seed));
        List<Event> events = new ArrayList<>(Lines.events(lines));
        events.sort(Event.ORDER);
        Random random = new Random(seed + from);
        TwinEngine engine = open(Path.of(args[0]), seed, lines);
        System.out.println("OPEN");
        for (int i = from; i < batches.size(); i++) {
            long floor = engine.earliestMicros();
            List<String> taken = above(floor, batches.get(i));
            if (!taken.isEmpty()) {
                var _ = Lines.append(engine, taken);
            }
            System.out.println(i + " " + floor);
            if (random.nextInt(3) == 0) {
                System.out.println(CUT);
                int place = (int) (random.nextDouble() * 0.8 * i * events.size() / batches.size());
                var _ = engine.cut(Math.min(now, events.get(place).timestampMicros()), now);
            }
        }
        System.out.println("DONE");
        engine.close();
    }
}
