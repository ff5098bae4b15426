package io.souverix.twin.service.http;

/// Ends the handling of a request with a [Problem]. An expected outcome, so it carries no stack.
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    static ProblemException of(ProblemCode code, String detail) {
        return Problem.of(code, detail).thrown();
    }

    Problem problem() {
        return problem;
    }
}
