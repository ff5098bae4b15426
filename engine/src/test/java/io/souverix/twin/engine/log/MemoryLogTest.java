package io.souverix.twin.engine.log;

/// The log in memory against the contract.
final class MemoryLogTest extends EventLogConformance {
    @Override
    EventLog open() {
        return new MemoryLog();
    }

    @Override
    EventLog reopen(EventLog log) {
        return ((MemoryLog) log).reopened();
    }
}
