package io.hopline.api.builtin;

import static io.netty.channel.socket.SocketProtocolFamily.INET;
import static io.netty.channel.socket.SocketProtocolFamily.INET6;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import io.hopline.api.DialException.Reason;
import io.hopline.api.builtin.DnsServer.Answer;
import io.hopline.api.transport.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DnsNamesTest {
    /** For what is answered, and for what is not. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(100);

    private final EventLoopGroup loops = Transport.best().loops(2);
    private final EventLoop loop = loops.next();
    private final DnsServer server = new DnsServer();

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        server.close();
    }

    @Test
    void findsTheAddressesOfTheFamily() throws Exception {
        server.on("A example.org", Answer.of("192.0.2.1", "192.0.2.2"))
                .on("AAAA example.org", Answer.of("2001:db8::1"));
        DnsNames names = names(LONG);
        assertThat(addresses(names, INET)).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(addresses(names, INET6)).containsExactly("2001:db8::1");
    }

    /** Bailiwick: whoever answers for one name answers for no other. */
    @Test
    void believesNothingOfNamesThatWereNotAskedFor() throws Exception {
        server.on("A evil.example", Answer.of("192.0.2.66"))
                .on("A example.org", Answer.of("192.0.2.1"))
                .insistingOn("example.org", "evil.example");
        DnsNames names = names(LONG);
        assertThat(await(on(loop, names, "evil.example", INET)).get()).hasSize(1);
        server.stopInsisting();
        assertThat(addresses(names, INET)).containsExactly("192.0.2.1");
        assertThat(server.questions()).containsExactly("A evil.example", "A example.org");
    }

    /** What would be remembered besides has no bound. */
    @Test
    void remembersNoAliasByItself() throws Exception {
        Answer fleeting = new Answer(
                DnsResponseCode.NOERROR, false, 0, List.of(NetUtil.createInetAddressFromIpAddressString("192.0.2.1")));
        server.on("A example.org", Answer.NO_DATA)
                .on("A host.example", fleeting)
                .insistingOn("example.org", "host.example");
        DnsNames names = names(LONG);
        for (int times = 0; times < 2; times++) {
            assertThat(addresses(names, INET)).containsExactly("192.0.2.1");
        }
        assertThat(server.questions())
                .containsExactly("A example.org", "A host.example", "A example.org", "A host.example");
    }

    @Test
    void remembersAnAnswerForAllLoops() throws Exception {
        server.on("A example.org", Answer.of("192.0.2.1"));
        DnsNames names = names(LONG);
        assertThat(addresses(names, INET)).containsExactly("192.0.2.1");
        EventLoop other = loops.next();
        assertThat(other).isNotSameAs(loop);
        assertThat(await(on(other, names, "EXAMPLE.org", INET)).getNow()).hasSize(1);
        assertThat(server.questions()).containsExactly("A example.org");
    }

    @Test
    void asksAgainWhenAnAnswerHoldsForNoTime() throws Exception {
        server.on(
                "A example.org",
                new Answer(
                        DnsResponseCode.NOERROR,
                        false,
                        0,
                        List.of(NetUtil.createInetAddressFromIpAddressString("192.0.2.1"))));
        DnsNames names = names(LONG);
        addresses(names, INET);
        addresses(names, INET);
        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void remembersForAWhileThatThereIsNoSuchName() throws Exception {
        server.on("A example.org", Answer.NXDOMAIN);
        DnsNames names = names(LONG);
        for (int i = 0; i < 2; i++) {
            assertThat(failure(names))
                    .isEqualTo(new LookupFailure(5, Reason.UNREACHABLE, "unknown name example.org (NXDOMAIN)"));
        }
        assertThat(server.questions()).containsExactly("A example.org");
    }

    @Test
    void remembersForAWhileThatANameHasNoAddress() throws Exception {
        server.on("A example.org", Answer.NO_DATA);
        DnsNames names = names(LONG);
        for (int i = 0; i < 2; i++) {
            assertThat(failure(names).detail()).isEqualTo("example.org has no address");
        }
        assertThat(server.questions()).containsExactly("A example.org");
    }

    @Test
    void asksOnceMoreWhenAQuestionIsLost() throws Exception {
        AtomicInteger count = new AtomicInteger();
        server.on("A example.org", () -> count.incrementAndGet() == 1 ? null : Answer.of("192.0.2.1"));
        assertThat(addresses(names(Duration.ofSeconds(1)), INET)).containsExactly("192.0.2.1");
        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void tellsThatNobodyAnswered() throws Exception {
        assertThat(failure(names(SHORT)))
                .isEqualTo(new LookupFailure(4, Reason.TIMEOUT, "no answer from the name servers for example.org"));
        assertThat(server.questions()).containsExactly("A example.org", "A example.org");
    }

    @Test
    void asksTheNextServerWhenOneIsSilentOrFails() throws Exception {
        server.on("A example.org", Answer.SERVFAIL);
        try (DnsServer second = new DnsServer()) {
            second.on("A example.org", Answer.of("192.0.2.1"));
            DnsNames names = new DnsNames(NameServers.of(List.of(server.address(), second.address())), LONG);
            assertThat(addresses(names, INET)).containsExactly("192.0.2.1");
        }
    }

    @Test
    void tellsWhatAFailingServerSaid() throws Exception {
        server.on("A example.org", Answer.SERVFAIL);
        assertThat(failure(names(LONG)).detail()).isEqualTo("the name server can't tell example.org (SERVFAIL)");
    }

    @Test
    void asksByTcpForWhatIsTooLongForADatagram() throws Exception {
        String[] many = new String[250];
        for (int i = 0; i < many.length; i++) {
            many[i] = "192.0.2." + i;
        }
        server.on("A example.org", Answer.TRUNCATED).onTcp("A example.org", Answer.of(many));
        assertThat(addresses(names(LONG), INET)).containsExactly(many);
    }

    @Test
    void asksOnceForAllWhoWantToKnowAtTheSameTime() throws Exception {
        DnsNames names = names(LONG);
        server.on("A example.org", Answer.of("192.0.2.1"));
        List<Future<List<InetAddress>>> lookups = loop.submit(() -> {
                    List<Future<List<InetAddress>>> all = new ArrayList<>();
                    for (int i = 0; i < 40; i++) {
                        all.add(names.lookup("example.org", INET, loop));
                    }
                    all.get(0).cancel(false);
                    return all;
                })
                .get(5, TimeUnit.SECONDS);
        for (Future<List<InetAddress>> lookup : lookups.subList(1, 40)) {
            assertThat(await(lookup).getNow()).hasSize(1);
        }
        assertThat(server.questions()).containsExactly("A example.org");
    }

    @Test
    void doesNotLetSilentNamesHoldUpOthers() throws Exception {
        server.on("A good.example", Answer.of("192.0.2.1"));
        DnsNames names = names(LONG);
        List<Future<List<InetAddress>>> silent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            silent.add(on(loop, names, "silent" + i + ".example", INET));
        }
        assertThat(await(on(loop, names, "good.example", INET)).getNow()).hasSize(1);
        assertThat(silent).noneMatch(Future::isDone).allMatch(lookup -> lookup.cancel(false));
    }

    @Test
    void failsWhatIsUnderwayWhenItsLoopEnds() throws Exception {
        DnsNames names = names(LONG);
        on(loop, names, "example.org", INET);
        long start = System.nanoTime();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void saysSoWhenTheSystemNamesNoServer(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("resolv.conf"), "search example.org\n");
        DnsNames names = new DnsNames(new ResolvConf(file, Ticker.systemTicker()), LONG);
        assertThat(failure(names).detail())
                .isEqualTo("example.org: no name server in " + file + "; name one there or in name-servers");
    }

    @Test
    void seesWithinASecondThatTheSystemHasOtherServers(@TempDir Path folder) throws Exception {
        AtomicLong nanos = new AtomicLong();
        Path file = Files.writeString(folder.resolve("resolv.conf"), line(server));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        ResolvConf servers = new ResolvConf(file, new Ticker() {
            @Override
            public long read() {
                return nanos.get();
            }
        });
        assertThat(first(servers)).isEqualTo(server.address());
        try (DnsServer other = new DnsServer()) {
            Files.writeString(file, line(other));
            Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));
            assertThat(first(servers)).isEqualTo(server.address());
            nanos.set(Duration.ofSeconds(1).toNanos() + 1);
            assertThat(first(servers)).isEqualTo(other.address());
        }
    }

    private static InetSocketAddress first(ResolvConf servers) {
        return servers.get().nameServerAddressStream("example.org").next();
    }

    private static String line(DnsServer server) {
        InetSocketAddress address = server.address();
        return "nameserver " + NetUtil.toAddressString(address.getAddress()) + "." + address.getPort() + "\n";
    }

    private DnsNames names(Duration timeout) {
        return new DnsNames(NameServers.of(List.of(server.address())), timeout);
    }

    private List<String> addresses(DnsNames names, SocketProtocolFamily family) throws Exception {
        Future<List<InetAddress>> found = await(on(loop, names, "example.org", family));
        return found.get().stream().map(NetUtil::toAddressString).toList();
    }

    private LookupFailure failure(DnsNames names) throws Exception {
        Throwable cause = await(on(loop, names, "example.org", INET)).cause();
        return LookupFailure.ofMostWeight("example.org", List.of(Objects.requireNonNull(cause)));
    }

    private static Future<List<InetAddress>> on(
            EventLoop loop, DnsNames names, String name, SocketProtocolFamily family) throws Exception {
        return loop.submit(() -> names.lookup(name, family, loop)).get(5, TimeUnit.SECONDS);
    }

    private static Future<List<InetAddress>> await(Future<List<InetAddress>> lookup) throws Exception {
        assertThat(lookup.await(5, TimeUnit.SECONDS)).as("answered").isTrue();
        return lookup;
    }
}
