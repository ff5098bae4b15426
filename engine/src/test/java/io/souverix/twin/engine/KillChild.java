package io.souverix.twin.engine;

import io.souverix.twin.engine.judge.Histories;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// The process that [KillTest] kills: appends batches of a delivery from one on and prints the number
/// of each once it is acknowledged.
final class KillChild {
    private KillChild() {}

    static EngineOptions options(long seed, List<String> lines) {
        return EngineOptions.defaults()
                .withRules(JudgedRules.of(Histories.rules(seed)))
                .withClock(InstantSource.fixed(Histories.present(lines, seed)))
                .withCheckpoints(Long.MAX_VALUE, true)
                .withTwinBytes(seed % 2 == 0 ? 1 : 20_000);
    }

    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        long seed = Long.parseLong(args[1]);
        int from = Integer.parseInt(args[2]);
        List<String> lines = Histories.events(seed);
        List<List<String>> batches = Histories.delivery(lines, seed);
        Random random = new Random(seed + from);
        TwinEngine engine =
                TwinEngine.open(directory, options(seed, lines), TwinEngine.Progress.SILENT);
        System.out.println("OPEN");
        for (int i = from; i < batches.size(); i++) {
            var _ = Lines.append(engine, batches.get(i));
            System.out.println(i);
            if (random.nextInt(5) == 0) {
                engine.checkpoint();
            }
        }
        System.out.println("DONE");
        engine.close();
    }
}
