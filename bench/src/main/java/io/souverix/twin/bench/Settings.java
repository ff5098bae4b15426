package io.souverix.twin.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a run measures.
record Settings(int nodes, int events, int runs, Path directory, @Nullable Path json) {

    static Settings parse(String[] args) {
        int nodes = 100_000;
        int events = 1_000_000;
        int runs = 3;
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        Path json = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> {
                    nodes = 10_000;
                    events = 200_000;
                    runs = 1;
                }
                case "--nodes" -> nodes = Integer.parseInt(value(args, ++i));
                case "--events" -> events = Integer.parseInt(value(args, ++i));
                case "--runs" -> runs = Integer.parseInt(value(args, ++i));
                case "--directory" -> directory = Path.of(value(args, ++i));
                case "--json" -> json = Path.of(value(args, ++i));
                default ->
                        throw new IllegalArgumentException(
                                "found "
                                        + args[i]
                                        + ", expected --quick, --nodes N, --events N, --runs N,"
                                        + " --directory DIR or --json FILE");
            }
        }
        return new Settings(nodes, events, runs, directory, json);
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new IllegalArgumentException("expected a value after " + args[at - 1]);
        }
        return args[at];
    }
}
