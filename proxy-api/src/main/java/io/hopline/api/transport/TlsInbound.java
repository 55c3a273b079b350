package io.hopline.api.transport;

import io.hopline.api.Abort;
import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.hopline.api.settings.Live;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends a client's TLS, and hands what is inside to the inbound that ALPN agreed on, or else to the next one. */
final class TlsInbound implements Inbound {

    private final Live<LateContext> context;
    private final Duration handshakeTimeout;
    private final Inbound next;
    private final Map<String, Inbound> byProtocol;

    TlsInbound(Live<LateContext> context, Duration handshakeTimeout, Inbound next, Map<String, Inbound> byProtocol) {
        this.context = context;
        this.handshakeTimeout = handshakeTimeout;
        this.next = next;
        this.byProtocol = Map.copyOf(byProtocol);
    }

    @Override
    public void accept(Channel client, Session session) {
        CompletableFuture<LateContext> current = context.current();
        CompletableFuture<SslContext> made =
                current.isDone() ? current.join().made() : current.thenCompose(LateContext::made);
        if (made.isDone() && !made.isCompletedExceptionally()) {
            secure(client, session, made.join());
        } else {
            client.pipeline().addLast(Leftovers.gate());
            made.whenCompleteAsync((now, failure) -> secureOrDrop(client, session, now, failure), session.loop());
        }
    }

    private void secureOrDrop(Channel client, Session session, @Nullable SslContext made, @Nullable Throwable failure) {
        if (made != null && client.isActive()) {
            Unforeseen.accept((waiting, its) -> secure(waiting, its, made), client, session);
            return;
        }
        client.writeAndFlush(Abort.INSTANCE);
        String outcome = failure == null ? TlsFailure.ofClient(new ClosedChannelException()) : whyNone(failure);
        session.observer().served(session, Served.nothing(Optional.empty(), System.nanoTime(), outcome));
    }

    /** Says why there is no context. */
    static String whyNone(Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return why instanceof IllegalArgumentException
                ? String.valueOf(why.getMessage())
                : "TLS can't be set up: " + why;
    }

    private void secure(Channel client, Session session, SslContext made) {
        long start = System.nanoTime();
        TlsEnd tls = new TlsEnd(TlsContexts.engine(made, client.alloc()), TlsFailure::afterHandshake);
        tls.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        tls.handshakeFuture().addListener((Future<Channel> done) -> {
            if (done.isSuccess()) {
                serve(client, session, tls);
            } else {
                client.close();
                if (done.cause() instanceof SslHandshakeTimeoutException) {
                    session.guard().slowClient();
                }
                String outcome = tls.isDrained() ? Drain.OUTCOME : TlsFailure.ofClient(done.cause());
                session.observer().served(session, Served.nothing(Optional.empty(), start, outcome));
            }
        });
        client.pipeline().addLast(tls, Leftovers.gate());
    }

    private void serve(Channel client, Session session, TlsEnd tls) {
        String protocol = tls.applicationProtocol();
        Inbound inbound = protocol == null ? next : byProtocol.getOrDefault(protocol, next);
        Session known = TlsSessions.peer(tls)
                .map(c -> session.withUser(CertificateNames.subject(c)))
                .orElse(session);
        Unforeseen.accept(inbound, client, known);
    }
}
