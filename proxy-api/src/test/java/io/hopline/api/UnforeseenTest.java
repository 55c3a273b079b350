package io.hopline.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.guard.Guarded;
import io.hopline.api.relay.Tunnels;
import io.hopline.api.transport.InboundProxyProtocol;
import io.hopline.api.transport.TlsServerConfig;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of clients whose inbound or hop throws instead of answering or failing. */
class UnforeseenTest {

    private static final HostPort TARGET = new HostPort("192.0.2.1", 80);

    private static final Inbound BROKEN = (client, session) -> {
        throw new IllegalStateException("a defect");
    };

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel target = new EmbeddedChannel();
    private final List<String> outcomes = new ArrayList<>();
    private final List<SocketAddress> clients = new ArrayList<>();
    private final Session session =
            Session.of("in", "out", new InetSocketAddress("192.0.2.2", 1), client.eventLoop(), new SessionObserver() {
                @Override
                public void served(Session session, Served served) {
                    outcomes.add(served.outcome());
                    clients.add(session.client());
                }
            });

    @AfterEach
    void close() {
        client.close();
        target.close();
    }

    @Test
    void aDialThatThrowsFails() {
        Outbound broken = (to, session) -> {
            throw new IllegalStateException("a defect");
        };
        assertThat(Guarded.over(broken, true, List.of()).dial(TARGET, session).cause())
                .hasMessage("target, TCP: a defect")
                .isInstanceOfSatisfying(
                        DialException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED));
    }

    static Stream<Arguments> failures() {
        NullPointerException defect = new NullPointerException("Cannot invoke \"Plugin.secret()\"");
        return Stream.of(
                Arguments.of(defect, Reason.FAILED, "an error inside this proxy"),
                Arguments.of(new StackOverflowError("Plugin"), Reason.FAILED, "an error inside this proxy"),
                Arguments.of(new DecoderException(defect), Reason.FAILED, "an error inside this proxy"),
                Arguments.of(new DecoderException("no such frame"), Reason.PROTOCOL, "no such frame"),
                Arguments.of(new IOException("Connection reset"), Reason.PROTOCOL, "Connection reset"));
    }

    /** What goes wrong in our own code is for the operator; what the network or a peer does wrong is for the client as well. */
    @ParameterizedTest
    @MethodSource("failures")
    void aClientIsToldNothingOfDefects(Throwable thrown, Reason reason, String told) {
        DialException failure = DialException.from(thrown, HopRef.TARGET, Step.CONNECT);
        assertThat(failure.told()).isEqualTo("target, TCP: " + told);
        assertThat(failure).hasMessage("target, TCP: " + thrown.getMessage());
        assertThat(failure.reason()).isEqualTo(reason);
    }

    @Test
    void aDialThatLacksAClassFailsAndTellsTheOperatorWhoseCodeItIs() {
        Outbound broken = (to, session) -> {
            throw new NoClassDefFoundError("acme/Lent");
        };
        Throwable cause =
                Guarded.over(broken, true, List.of()).dial(TARGET, session).cause();
        assertThat(cause)
                .isInstanceOf(DialException.class)
                .hasMessage("target, TCP: a plugin can't be loaded: "
                        + getClass().getName() + " ("
                        + getClass().getProtectionDomain().getCodeSource().getLocation()
                        + "): there is no class acme.Lent; put the jar that has it beside the plugin's");
        DialException failure = (DialException) cause;
        assertThat(failure.reason()).isEqualTo(Reason.FAILED);
        assertThat(failure.told()).isEqualTo("target, TCP: a plugin of this proxy can't be loaded");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatThrowsResetsTheClientAndItsTarget(boolean reached) {
        Tunnels.open(
                client,
                TARGET,
                session,
                (to, session) -> reached
                        ? session.loop().newSucceededFuture(target)
                        : session.loop().newFailedFuture(new IllegalStateException("unreachable")),
                new Tunnels.Reply() {
                    @Override
                    public void opened(Channel client, Channel target) {
                        throw new NoClassDefFoundError("acme/Lent");
                    }

                    @Override
                    public void refused(Channel client, DialException failure) {
                        throw new NoClassDefFoundError("acme/Lent");
                    }
                });
        assertThat(client.<Object>readOutbound()).isSameAs(Abort.INSTANCE);
        assertThat(target.<Object>readOutbound()).isSameAs(reached ? Abort.INSTANCE : null);
        assertThat(outcomes).singleElement().asString().contains("there is no class acme.Lent;");
    }

    @Test
    void anInboundThatThrowsBehindAProxyProtocolHeaderResetsTheClient() {
        Inbound layered = new InboundProxyProtocol(List.of(), Duration.ofSeconds(10)).over(BROKEN);
        layered.accept(client, session);
        say("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\nGET");
        assertThat(client.<Object>readOutbound()).isSameAs(Abort.INSTANCE);
        assertThat(outcomes).containsExactly("a defect");
        assertThat(clients).containsExactly(new InetSocketAddress("192.0.2.7", 4711));
    }

    @Test
    void anInboundThatThrowsAtAClientWithoutTlsBesideTlsResetsIt() {
        Inbound layered = new TlsServerConfig().selfSigned().build().over(BROKEN, true);
        layered.accept(client, session);
        say("GET");
        assertThat(client.<Object>readOutbound()).isSameAs(Abort.INSTANCE);
        assertThat(outcomes).containsExactly("a defect");
    }

    @Test
    void theOperatorIsToldTheVeryFailureThatTheClientIs() {
        List<String> refusals = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        Throwable unforeseen = new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                return "asked " + asked.incrementAndGet();
            }
        };
        Tunnels.open(
                client,
                TARGET,
                session,
                (to, session) -> session.loop().newFailedFuture(unforeseen),
                new Tunnels.Reply() {
                    @Override
                    public void opened(Channel client, Channel target) {}

                    @Override
                    public void refused(Channel client, DialException failure) {
                        refusals.add(failure.getMessage());
                    }
                });
        assertThat(refusals).singleElement().asString().contains("asked");
        assertThat(outcomes).isEqualTo(refusals);
    }

    @Test
    void letsAClientGoWhoseFailureCannotBeMadeOut() {
        Throwable unforeseen = new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };
        Tunnels.open(
                client,
                TARGET,
                session,
                (to, session) -> session.loop().newFailedFuture(unforeseen),
                new Tunnels.Reply() {
                    @Override
                    public void opened(Channel client, Channel target) {}

                    @Override
                    public void refused(Channel client, DialException failure) {}
                });
        assertThat(client.<Object>readOutbound()).isSameAs(Abort.INSTANCE);
        assertThat(outcomes).containsExactly("no message");
    }

    private void say(String text) {
        client.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }
}
