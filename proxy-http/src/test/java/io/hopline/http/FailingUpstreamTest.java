package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What carries requests fails one, and leaves the rest to whoever forwards it. */
final class FailingUpstreamTest {

    /** Else it would be open for ever, and count towards its user. */
    @Test
    void isClosed() throws Exception {
        expectFailure(
                (ctx, request) -> ctx.fireExceptionCaught(
                        new DialException(Reason.PROTOCOL, HopRef.TARGET, Step.RESPONSE, "no answer as it should be")),
                "no answer as it should be");
    }

    /** No response will ever come. */
    @Test
    void isNotWaitedForIfItCantSendTheRequest() throws Exception {
        expectFailure(
                (ctx, request) -> {
                    throw new IllegalArgumentException("a field is too long");
                },
                "a field is too long");
    }

    private static void expectFailure(Sending sending, String told) throws Exception {
        try (Target origin = Target.listen();
                LiveInbound inbound =
                        new LiveInbound(HttpEntry.create().to(new Carrying(new LoopbackOutbound(), sending)));
                Wire client = inbound.connect()) {
            client.write("GET http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\n\r\n");
            try (Wire server = origin.accept()) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
                assertThat(inbound.served().served().outcome()).contains(told);
                assertThat(server.expectReset()).isEmpty();
            }
        }
    }

    /** What becomes of a request. */
    @FunctionalInterface
    private interface Sending {
        void send(ChannelHandlerContext ctx, HttpRequest request);
    }

    private record Carrying(Outbound via, Sending sending) implements HttpOutbound {

        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            return via.dial(target, session);
        }

        @Override
        public Future<Channel> dialHttp(HostPort origin, Session session) {
            return via.dial(origin, session)
                    .addListener((Future<Channel> dialed) -> dialed.getNow()
                            .pipeline()
                            .addLast(new ChannelOutboundHandlerAdapter() {
                                @Override
                                public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                                    if (msg instanceof HttpRequest request) {
                                        sending.send(ctx, request);
                                    } else {
                                        ctx.write(msg, promise);
                                    }
                                }
                            }));
        }
    }
}
