package io.hopline.api.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.builtin.DnsServer.Answer;
import io.hopline.api.transport.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the system has a list of domains to search for names ({@code search} in resolv.conf). */
final class SearchListTest {

    private final EventLoopGroup loops = Transport.best().loops(1);
    private final EventLoop loop = loops.next();
    private final DnsServer server = new DnsServer();

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        server.close();
    }

    /** A rule that denies {@code *.corp.example} has been asked of the name as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"wiki", "wiki.eu"})
    void dialsNoOtherNameThanTheOneThatWasJudged(String name) throws Exception {
        server.on("A " + name, Answer.NXDOMAIN).on("A " + name + ".corp.example", Answer.of("192.0.2.1"));
        DnsNames names = new DnsNames(
                NameServers.of(List.of(server.address())),
                Duration.ofSeconds(30),
                each -> new DnsNameResolverBuilder(each).searchDomains(List.of("corp.example")));
        Future<List<InetAddress>> lookup = loop.submit(() -> names.lookup(name, SocketProtocolFamily.INET, loop))
                .get(5, TimeUnit.SECONDS);

        assertThat(lookup.await(5, TimeUnit.SECONDS)).as("answered").isTrue();

        assertThat(server.questions()).containsExactly("A " + name);
        assertThat(lookup.cause()).isNotNull();
    }
}
