package io.hopline.api.transport;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How engines end one direction at a time.
 *
 * <p>BoringSSL itself can go on sending once the peer's close_notify has come; Netty's engine for it answers at once by its own, and
 * what the other side of a tunnel still has to say would be lost. That engine does so only the first time that it sees the peer's
 * close_notify, and has one field that tells: set early, it leaves the end of input to {@link TlsEnd}. Where that field can't be
 * reached the JDK's engines serve instead.
 *
 * <p>The JDK's engines go on sending with TLS 1.3 only; with TLS 1.2 they answer at once, as RFC 5246 section 7.2.1 has it.
 */
final class EngineEnds {

    private static final @Nullable VarHandle CLOSE_NOTIFY_HANDLED = find();

    private EngineEnds() {}

    /** Whether OpenSSL is here and its engines can end one direction at a time. */
    static boolean haveOpenSsl() {
        return OpenSsl.isAvailable() && CLOSE_NOTIFY_HANDLED != null;
    }

    /** To be called once the handshake is done, before any data is read. */
    static void keepOutputOpen(SSLEngine engine) {
        if (engine instanceof ReferenceCountedOpenSslEngine && CLOSE_NOTIFY_HANDLED != null) {
            CLOSE_NOTIFY_HANDLED.set(engine, true);
        }
    }

    /** Asks BoringSSL itself, since Netty's engine counts its own end as one of the input as well. */
    static boolean closeNotifyCame(SSLEngine engine) {
        if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
            long ssl = openSsl.sslPointer();
            return ssl != 0 && (SSL.getShutdown(ssl) & SSL.SSL_RECEIVED_SHUTDOWN) != 0;
        }
        return engine.isInboundDone();
    }

    private static @Nullable VarHandle find() {
        try {
            Class<?> type = ReferenceCountedOpenSslEngine.class;
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVarHandle(type, "receivedShutdown", boolean.class);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
