package io.souverix.twin.engine.log;

/// Takes the frames of a scan.
@FunctionalInterface
public interface FrameVisitor {
    /// Takes one frame; its bytes are valid until this returns.
    void visit(Frame frame);
}
