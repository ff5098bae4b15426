package io.souverix.twin.engine.past;

/// Takes the faces of nodes, one by one.
@FunctionalInterface
public interface FaceVisitor {
    void visit(String id, Face face);
}
