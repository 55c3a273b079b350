package io.hopline.launcher.plugins;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.launcher.Dialer;
import io.hopline.launcher.Hopline;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin that can be loaded, and lacks a class of another jar once it needs it. */
@Timeout(30)
class LackingPluginTest {

    private static final String IMPORTS = """
            package acme;
            import io.hopline.api.*;
            import io.hopline.api.handshake.*;
            import io.hopline.api.settings.Settings;
            import io.hopline.api.transport.Dials;
            import io.netty.buffer.*;
            import io.netty.channel.*;
            import java.time.Duration;
            import java.util.Optional;
            """;

    private static final String[] SOURCES = {
        "package acme; public class Lent {}",
        IMPORTS + """
            public class Acme extends ProtocolModule {
                @Override protected void configure() {
                    inbound("acme", AcmeInbound.class);
                    outbound("acme", AcmeOutbound.class);
                }
            }
            """,
        IMPORTS + """
            public class AcmeInbound implements InboundFactory {
                @Override public Entry read(Settings settings) {
                    String when = settings.string("when");
                    if (when.equals("reading")) { new Lent(); }
                    return outbound -> {
                        if (when.equals("starting")) { new Lent(); }
                        return (client, session) -> {
                            if (when.equals("serving")) { new Lent(); }
                            new AcmeService(client, session, outbound).run();
                        };
                    };
                }
            }
            """,
        IMPORTS + """
            public class AcmeService extends ServerHandshake {
                AcmeService(Channel client, Session session, Outbound outbound) {
                    super(client, session, outbound, Duration.ofSeconds(10));
                }
                @Override protected void request(ByteBuf in) { new Lent(); }
                @Override protected ByteBuf opened(Channel target) { return Unpooled.EMPTY_BUFFER; }
                @Override protected ByteBuf refused(DialException failure) { return Unpooled.EMPTY_BUFFER; }
            }
            """,
        IMPORTS + """
            public class AcmeOutbound implements OutboundFactory {
                @Override public Hop read(Settings settings) {
                    String when = settings.string("when");
                    if (when.equals("reading")) { new Lent(); }
                    return new AcmeHop(when);
                }
            }
            """,
        IMPORTS + """
            public record AcmeHop(String when) implements Hop {
                @Override public String type() { return "acme"; }
                @Override public Optional<HostPort> server() { return Optional.empty(); }
                @Override public Outbound over(Outbound via, HopRef at) {
                    if (when.equals("starting")) { new Lent(); }
                    return (target, session) -> {
                        if (when.equals("dialing")) { new Lent(); }
                        return Dials.then(via.dial(target, session), session, channel -> {
                            if (when.equals("stepping")) { new Lent(); }
                            return new AcmeHandshake(at, session, when).run(channel);
                        });
                    };
                }
            }
            """,
        IMPORTS + """
            public class AcmeHandshake extends ClientHandshake {
                private final String when;
                AcmeHandshake(HopRef at, Session session, String when) {
                    super(at, session, Duration.ofSeconds(10));
                    this.when = when;
                }
                @Override protected void begin(ChannelHandlerContext ctx) {
                    if (when.equals("asking")) { new Lent(); }
                }
                @Override protected void reply(ChannelHandlerContext ctx, ByteBuf in) { new Lent(); }
            }
            """
    };

    @TempDir
    Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private URLClassLoader loader;
    private URL jar;

    @BeforeEach
    void install() throws IOException {
        PluginJar jars = new PluginJar(folder);
        Path classes = jars.compiled(SOURCES);
        Files.delete(classes.resolve("acme/Lent.class"));
        jar = PluginJar.url(jars.of("acme", classes, "acme.Acme"));
        loader = new URLClassLoader(new URL[] {jar}, before);
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void remove() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    @ParameterizedTest
    @CsvSource({
        "AcmeOutbound, 'outbounds.lab = { type = acme, when = reading }'",
        "AcmeInbound, 'inbounds = [ { type = acme, when = reading, listen = 0 } ]'",
        "AcmeInbound, 'inbounds = [ { type = acme, when = starting, listen = 0 } ]'"
    })
    void isNamedWhereItReadsItsSettings(String code, String config) {
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> config(config))
                .withMessage(fault(code));
    }

    @Test
    void isNamedAtTheStart() {
        HoplineConfig config = config(
                "inbounds = [ { type = http, listen = 0, outbound = lab } ], outbounds.lab = { type = acme, when = starting }");

        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> Hopline.start(config))
                .withMessage(fault("AcmeHop"));
    }

    @ParameterizedTest
    @CsvSource({
        "dialing, AcmeHop, 'target, TCP: '",
        "stepping, AcmeHop, 'target, TCP: '",
        "asking, AcmeHandshake, 'hop 1 (acme), handshake: '",
        "hearing, AcmeHandshake, 'hop 1 (acme), handshake: '"
    })
    void failsADialThatNeedsIt(String when, String code, String where) throws Exception {
        try (Target target = Target.listen();
                Hopline hopline = start("type = http, outbound = lab", when);
                Wire client = connect(hopline, "a")) {
            client.write("CONNECT " + target.address() + " HTTP/1.1\r\nHost: a\r\n\r\n");
            if (!when.equals("dialing")) {
                try (Wire server = target.accept()) {
                    server.write("hello");
                    assertThat(server.readToEnd()).isEmpty();
                }
            }
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("error=proxy_internal_error", where + "a plugin of this proxy can't be loaded")
                    .doesNotContain("acme.jar", "Lent");
            assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isEqualTo(where + fault(code));
            expectService(hopline, target);
        }
    }

    /** One is let go as soon as it comes, the other once it has said something. */
    @ParameterizedTest
    @CsvSource({"serving, '', AcmeInbound", "hearing, hello, AcmeService"})
    void letsAClientGoThatItCannotServe(String when, String said, String code) throws Exception {
        try (Target target = Target.listen();
                Hopline hopline = start("type = acme, when = " + when, "never");
                Wire client = connect(hopline, "a")) {
            client.write(said);
            assertThat(client.readToEnd()).isEmpty();
            assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isEqualTo(fault(code));
            expectService(hopline, target);
        }
    }

    @Test
    void failsTheDialOfAProgram() {
        HoplineConfig config = config("outbounds.lab = { type = acme, when = dialing }");
        try (Dialer dialer = Dialer.open(config)) {
            ExecutionException failed = catchThrowableOfType(
                    ExecutionException.class,
                    () -> dialer.dial(requireNonNull(config.outbounds().get("lab")), Target.refusing())
                            .get(10, TimeUnit.SECONDS));
            assertThat(failed).cause().isInstanceOf(DialException.class).hasMessage("target, TCP: " + fault("AcmeHop"));
        }
    }

    private String fault(String code) {
        return "a plugin can't be loaded: acme." + code + " (" + jar
                + "): there is no class acme.Lent; put the jar that has it beside the plugin's";
    }

    private static HoplineConfig config(String hopline) {
        return HoplineConfig.of(ConfigFactory.parseString("hopline { " + hopline + " }"), Plugins.load());
    }

    /** An inbound that has the plugin in it, and one without, on one event loop. */
    private Hopline start(String inbound, String when) {
        return Hopline.start(
                config("threads = 1, outbounds.lab = { type = acme, when = " + when + " }, inbounds = ["
                        + " { name = a, listen = 0, " + inbound + " },"
                        + " { name = b, type = http, listen = 0 } ]"),
                new SessionObserver() {
                    @Override
                    public void served(Session session, Served served) {
                        outcomes.add(served.outcome());
                    }
                });
    }

    private static Wire connect(Hopline hopline, String inbound) throws IOException {
        return Wire.connect(HostPort.of(hopline.address(inbound)));
    }

    private static void expectService(Hopline hopline, Target target) throws IOException {
        try (Wire client = connect(hopline, "b")) {
            client.write("CONNECT " + target.address() + " HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire server = target.accept()) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                server.write("hello");
                client.expect("hello");
            }
        }
    }
}
