package io.souverix.twin.bench;

import java.util.Set;

/// From the start of the process to its being ready: empty, and with the load.
final class StartStage implements Stage {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.START_EMPTY.key(), Row.START.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        int rounds = bench.runs();
        double[] empty = new double[rounds];
        double[] loaded = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            bench.say("start " + (i + 1) + " of " + rounds);
            try (Scratch scratch = bench.scratch();
                    ServiceProcess service = ServiceProcess.start(scratch.path())) {
                empty[i] = service.secondsToReady();
            }
            try (ServiceProcess service = ServiceProcess.start(bench.fleet())) {
                loaded[i] = service.secondsToReady();
                requireTwins(bench, service);
            }
        }
        bench.report(Row.START_EMPTY, empty);
        bench.report(Row.START, loaded);
    }

    private static void requireTwins(Bench bench, ServiceProcess service) throws Exception {
        try (HttpConnection client = new HttpConnection(service.port())) {
            var _ = client.get("/v1/twins/" + bench.load().ids().getLast());
        }
    }
}
