package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.simulator.Scenario;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which simulated fleet.
final class FleetOptions {
    @Spec(Spec.Target.MIXEE)
    private final CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many nodes, 10 to 1000000; default: 500.")
    private int nodes = 500;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "The chance: every seed is another life, the same seed the same one; default: 1.")
    private long seed = 1;

    int nodes() {
        return nodes;
    }

    long seed() {
        return seed;
    }

    Scenario scenario() {
        try {
            return Scenario.of(nodes, seed);
        } catch (IllegalArgumentException e) {
            throw usage(Failure.words(e));
        }
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
