/// The event log: opaque byte records, appended durably in frames, read back by address or in order.
///
/// Here live the contract ([EventLog]), the embedded implementation ([SegmentLog]: segment files
/// with checksums and a hash chain) and the one for tests and simulation ([MemoryLog]). The package
/// sees the JDK only: what a record means is not known here.
///
/// Read [EventLog] first, then [FrameHeader] (the bytes of a frame), then [SegmentLog]. The format
/// with its recovery rules is `docs/log-format.md`.
@NullMarked
package io.souverix.twin.engine.log;

import org.jspecify.annotations.NullMarked;
