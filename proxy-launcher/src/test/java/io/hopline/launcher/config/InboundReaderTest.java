package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.config;
import static io.hopline.launcher.config.Given.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.guard.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1080                              | [127.0.0.1:1080]
        "1080"                            | [127.0.0.1:1080]
        "127.0.0.1:0"                     | [127.0.0.1:0]
        "[::1]:1080"                      | [[::1]:1080]
        "localhost:1080"                  | [localhost:1080]
        [ "127.0.0.1:1080", "[::1]:1080"] | [127.0.0.1:1080, [::1]:1080]
        """)
    void listensOnAnAddressAPortOrSeveral(String listen, String addresses) {
        assertThat(config("inbounds = [ { type = plain, listen = " + listen + " } ]")
                        .inbounds())
                .extracting(inbound -> inbound.listen().toString())
                .containsExactly(addresses);
    }

    @ParameterizedTest
    @CsvSource({"'\"127.0.0.1:65536\"',65535", "'\"127.0.0.1\"',no port", "'\"::1:1080\"',brackets", "'\"a b:1\"',host"
    })
    void refusesWhatIsNoAddress(String listen, String why) {
        assertThat(problems("inbounds = [ { type = plain, listen = " + listen + " } ]"))
                .singleElement()
                .asString()
                .startsWith("given: 1: hopline.inbounds.0.listen: expected host:port")
                .contains(why);
    }

    @Test
    void saysNothingOfNamesThatOnlyLackAnAddress() {
        assertThat(problems("inbounds = [ {}, { type = plain, listen = a }, { type = plain, listen = b } ]"))
                .noneMatch(problem -> problem.contains(".name"))
                .hasSize(4);
    }

    @Test
    void tellsWhereANullStands() {
        assertThat(problems("inbounds = null\nthreads = null"))
                .containsExactly(
                        "given: 1: hopline.inbounds: expected a list: [ { type = …, listen = \"host:port\" } ]",
                        "given: 2: hopline.threads: missing; expected a whole number from 0 to 1024");
    }

    @Test
    void namesAnInboundAfterItsTypeAndAddress() {
        assertThat(config("inbounds = [ { type = plain, listen = 1 }, { type = plain, listen = 2, name = b } ]")
                        .inbounds())
                .extracting(InboundPlan::name)
                .containsExactly("plain@127.0.0.1:1", "b");
    }

    @Test
    void refusesANameAndAnAddressThatAreTaken() {
        assertThat(problems("""
            inbounds = [
              { type = plain, name = a, listen = 1080 }
              { type = plain, name = a, listen = 1081 }
              { type = plain, name = b, listen = 1080 }
              { type = guarded, name = c, listen = "0.0.0.0:1081", users { u = p } }
            ]\
            """))
                .containsExactlyInAnyOrder(
                        "given: 3: hopline.inbounds.1.name: another inbound is named \"a\"; give each a name of its"
                                + " own",
                        "given: 4: hopline.inbounds.2.listen: inbound \"a\" listens on 127.0.0.1:1080 already",
                        "given: 5: hopline.inbounds.3.listen: inbound \"a\" listens on 127.0.0.1:1081 already");
    }

    @Test
    void tellsOfEveryProblemAtOnce() {
        assertThat(problems("""
            inbounds = [
              { name = front, type = plain, lisen = 1080 }
              { type = plian, listen = 1081, outbound = lab }
              7
            ]
            outbound {}
            shutdown-grace = 5s\
            """))
                .containsExactlyInAnyOrder(
                        "given: 2: hopline.inbounds.0.lisen: unknown key; did you mean \"listen\"?",
                        "given: 2: hopline.inbounds.0.listen: missing; expected host:port, or a port of 127.0.0.1, or"
                                + " a list of those",
                        "given: 3: hopline.inbounds.1.outbound: no chain is named \"lab\"; known: block, direct",
                        "given: 3: hopline.inbounds.1.type: there is no inbound type \"plian\"; did you mean"
                                + " \"plain\"?",
                        "given: 4: hopline.inbounds.2: expected an inbound: { type = …, listen = \"host:port\" }",
                        "given: 6: hopline.outbound: unknown key; did you mean \"outbounds\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:1080", "[::]:1080", "192.0.2.1:1080", "proxy.test:1080"})
    void servesNobodyBeyondThisMachineUnlessThatIsSaid(String listen) {
        String inbound = "listen = \"" + listen + "\"";

        assertThat(problems("inbounds = [ { type = plain, " + inbound + " } ]"))
                .singleElement()
                .asString()
                .startsWith("given: 1: hopline.inbounds.0.listen: serves everybody who reaches it")
                .contains("users {", "tls { client-auth = required }", "127.0.0.1", "open = true");
        assertThat(config("inbounds = [ { type = plain, open = true, " + inbound + " } ]")
                        .inbounds())
                .hasSize(1);
        assertThat(config("inbounds = [ { type = guarded, users { u = p }, " + inbound + " } ]")
                        .inbounds())
                .hasSize(1);
    }

    @Test
    void readsWhatClientsMayReach() {
        assertThat(config("inbounds = [ { type = plain, listen = 1, targets = [\"allow private:443\", \"deny"
                                + " *:25\"] } ]")
                        .inbounds())
                .singleElement()
                .extracting(plan -> plan.guard().targets())
                .hasToString("[allow private:443, deny *:25]");
        assertThat(problems(
                        "inbounds = [ { type = plain, listen = 1, targets = [\"allow 10.0.0.1/8\", \"drop *\"] } ]"))
                .hasSize(2)
                .first()
                .isEqualTo("given: 1: hopline.inbounds.0.targets: \"allow 10.0.0.1/8\": "
                        + "\"10.0.0.1/8\" has bits set behind its first 8");
    }

    @Test
    void readsLimitsAndFillsInTheirDefaults() {
        assertThat(config("inbounds = [ { type = plain, listen = 1, limits { connections = 7, tunnel-idle = 90s } } ]")
                        .inbounds())
                .singleElement()
                .extracting(plan -> plan.guard().limits())
                .isEqualTo(Limits.DEFAULT
                        .withConnections(7)
                        .withIdle(Duration.ofSeconds(90), Limits.DEFAULT.halfClosedIdle()));
        assertThat(config("""
            defaults.inbound.limits.connections-per-client = 5
            inbounds = [ { type = plain, listen = 1 } ]\
            """).inbounds())
                .singleElement()
                .extracting(plan -> plan.guard().limits())
                .isEqualTo(Limits.DEFAULT.withPerClient(5));
        assertThat(problems("inbounds = [ { type = plain, listen = 1, limits { conections = 7,"
                        + " connections-per-user = 0 } } ]"))
                .containsExactlyInAnyOrder(
                        "given: 1: hopline.inbounds.0.limits.conections: unknown key; did you mean \"connections\"?",
                        "given: 1: hopline.inbounds.0.limits.connections-per-user: expected a whole number from 1 to"
                                + " 10000000, got 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost:1"})
    void servesThisMachineAsItIs(String listen) {
        assertThat(config("inbounds = [ { type = plain, listen = \"" + listen + "\" } ]")
                        .inbounds())
                .hasSize(1);
    }

    @Test
    void refusesATargetThatTheLastHopCantReach() {
        assertThat(problems("inbounds = [ { type = fixed, listen = 1, outbound = \"alpha://a:1\" } ]"))
                .containsExactly(
                        "given: 1: hopline.inbounds.0.outbound: unreachable.test:80 can't be reached over hop 1"
                                + " (alpha a:1): that is not to its taste");
    }

    @Test
    void refusesAChainThatCantCarryTheDatagramsThatAreAskedFor() {
        String inbound = "inbounds = [ { type = plain, listen = 1, datagrams = true, outbound = \"%s\" } ]";
        assertThat(problems(inbound.formatted("alpha://a:1, beta://b:1, alpha://c:1")))
                .containsExactly("given: 1: hopline.inbounds.0.datagrams: hop 2 (beta b:1) carries none");
        assertThat(config(inbound.formatted("alpha://a:1")).inbounds()).hasSize(1);
    }

    @Test
    void refusesAnAlpnProtocolThatCantServeTheInbound() {
        assertThat(problems("inbounds = [ { type = plain, listen = 1, tls { self-signed = true, alpn = [picky] } } ]"))
                .containsExactly("given: 1: hopline.inbounds.0.tls.alpn: picky can't be served here: it carries"
                        + " no such inbound");
    }

    @Test
    void tellsWhatKeepsAnInboundFromBeingMade() {
        assertThat(problems("inbounds = [ { type = unmade, listen = 1 } ]"))
                .containsExactly("given: 1: hopline.inbounds.0.type: nothing comes of it");
    }

    @Test
    void showsNoSecretWhenItIsPrinted() {
        HoplineConfig config = config("""
            outbounds { lab = "tls+alpha://u:hunter2@a:1", home = [ { type = beta, server = b, auth { user = u, password = hunter2 } } ] }
            inbounds = [ { type = plain, listen = 1, outbound = lab }, { type = plain, listen = 2, outbound = "alpha://u:hunter2@a:1" } ]\
            """);

        assertThat(config.toString()).contains("alpha").doesNotContain("hunter2");
        assertThat(config.inbounds().get(1).outbound().name()).isEqualTo("alpha://a:1");
    }
}
