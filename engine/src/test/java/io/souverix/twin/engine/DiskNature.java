package io.souverix.twin.engine;

import io.souverix.twin.engine.log.SimulatedDisk.Fault;
import io.souverix.twin.engine.log.SimulatedDisk.Operation;
import java.nio.file.Path;
import java.util.Random;

/// How a simulated disk is, for a life of a process.
enum DiskNature {
    /// One operation may fail.
    HONEST,
    /// Syncs of segments do nothing.
    LIES_ABOUT_SEGMENTS,
    /// No sync does anything.
    LIES,
    /// From some moment on nothing more fits on it; what is there may be written again.
    FULL;

    /// Most are honest.
    static DiskNature draw(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> LIES_ABOUT_SEGMENTS;
            case 1 -> LIES;
            case 2 -> FULL;
            default -> HONEST;
        };
    }

    boolean lies() {
        return this == LIES || this == LIES_ABOUT_SEGMENTS;
    }

    /// What goes wrong with an operation that is no reading.
    ///
    /// @param since how many operations after the moment it is; 0 at it
    /// @param one what an honest disk does at that moment
    Fault fault(Operation operation, Path file, int since, Fault one) {
        return switch (this) {
            case HONEST -> since == 0 ? one : Fault.NONE;
            case LIES_ABOUT_SEGMENTS -> lie(operation, file.toString().endsWith(".seg"));
            case LIES -> lie(operation, true);
            case FULL ->
                    since >= 0 && operation == Operation.WRITE && !file.endsWith("head")
                            ? Fault.HALF
                            : Fault.NONE;
        };
    }

    private static Fault lie(Operation operation, boolean about) {
        boolean sync = operation == Operation.SYNC || operation == Operation.SYNC_DIRECTORY;
        return sync && about ? Fault.LIE : Fault.NONE;
    }
}
