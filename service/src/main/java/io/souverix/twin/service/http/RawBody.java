package io.souverix.twin.service.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;

/// The bytes of a body as they came, so that a connection that breaks is told from bytes that are
/// broken: the first throws [BrokenOff] whatever stands between.
final class RawBody extends InputStream {
    private final InputStream in;
    private boolean ended;

    RawBody(InputStream in) {
        this.in = in;
    }

    /// The client went away, or said nothing for too long, before the body's end.
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean silent;

        BrokenOff(RuntimeException cause, boolean silent) {
            super(cause);
            this.silent = silent;
        }

        /// True where the connection stands, but nothing came in time.
        boolean silent() {
            return silent;
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            int count = in.read(target, offset, length);
            ended = count < 0;
            return count;
        } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException e) {
            throw new BrokenOff(e, false);
        } catch (UncheckedIOException e) {
            throw new BrokenOff(e, e.getCause() instanceof SocketTimeoutException);
        } catch (java.io.IOException e) {
            throw new BrokenOff(new UncheckedIOException(e), e instanceof SocketTimeoutException);
        }
    }

    /// Not 0 before the end, so that a reader of several compressed members looks for the next.
    @Override
    public int available() {
        return ended ? 0 : 1;
    }
}
