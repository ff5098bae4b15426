package io.souverix.twin.bench;

/// Runs the measurements: `twin bench [--quick] [--nodes N] [--events N] [--json FILE]`.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.parse(args);
        Report report = new Report(settings);
        Load load = Load.simulated(settings);
        report.say("load", load.lines().size() + " events, " + load.bytes() / 1_000_000 + " MB");
        new LimitsBench(settings, load, report).run();
        new EngineBench(settings, load, report).run();
        new GraphBench(settings, report).run();
        new HttpBench(settings, load, report).run();
        report.finish();
    }
}
