package io.hopline.launcher.cli;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.transport.KeyMaterial;
import io.hopline.launcher.Hopline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code hopline rehearse}: runs from a config file as {@code run} does, serves itself requests by each protocol, over loopback, and
 * ends, so that a Java runtime told to make an archive of the classes that were loaded has those which a server needs.
 */
@Command(name = "rehearse", hidden = true, description = "Serves itself some requests; bin/hopline archive runs it.")
final class RehearseCommand implements Callable<Integer> {

    /** From Java 25 on the archive has profiles as well, which tell the compiler what is worth its time; one request makes none. */
    private static final int ROUNDS = 300;

    private static final String EXIT = "hopline { threads = 1, inbounds = [ "
            + "{ name = plain, type = mixed, listen = 0 }, "
            + "{ name = tls, type = mixed, listen = 0, tls { self-signed = true } } ] }";

    /** Asked of an operator's config by most: a few inbounds, with and without TLS, and a chain. */
    private static final String ENTRY = """
            hopline {
              threads = 1
              inbounds = [
                { name = mixed, type = mixed, listen = 0 }
                { name = http, type = http, listen = "127.0.0.1:0", outbound = direct }
                { name = socks, type = socks5, listen = 0 }
                { name = https, type = http, listen = 0, tls { certificate = "%1$s", key = "%2$s" } }
                { name = chained, type = http, listen = 0, outbound = hops }
              ]
              outbounds {
                hops = [ { type = connect, server = "%3$s", tls { verify = false } }, { type = socks5, server = "%4$s" } ]
              }
            }
            """;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("hopline-rehearsal");
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Path config = folder.resolve("hopline.conf");
        PrintWriter out = spec.commandLine().getOut();
        try (RehearsalOrigin origin = new RehearsalOrigin();
                Hopline exit = Hopline.start(ConfigFactory.parseString(EXIT))) {
            KeyMaterial made = KeyMaterial.selfSigned();
            Files.writeString(
                    certificate, pem("CERTIFICATE", made.chain().get(0).getEncoded()));
            Files.writeString(key, pem("PRIVATE KEY", made.key().getEncoded()));
            Files.writeString(config, ENTRY.formatted(certificate, key, address(exit, "tls"), address(exit, "plain")));
            Serving.during(config, out, (server, signals) -> ask(origin, server));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (Path each : List.of(certificate, key, config, folder)) {
                Files.deleteIfExists(each);
            }
        }
        return ExitCode.OK;
    }

    private static void ask(RehearsalOrigin origin, Hopline server) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                origin.askByRequest(server.address("http"));
                origin.askByConnect(server.address("http"));
                origin.askByConnect(server.address("mixed"));
                origin.askBySocks5(server.address("mixed"));
                origin.askBySocks5(server.address("socks"));
                origin.askByConnect(server.address("chained"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Hopline server, String inbound) {
        InetSocketAddress bound = server.address(inbound);
        return bound.getAddress().getHostAddress() + ':' + bound.getPort();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
