package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.chain;
import static io.hopline.launcher.config.Given.config;
import static io.hopline.launcher.config.Given.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ { type = alpha, server = \"a:1\" }, { type = beta, server = \"b:2\" } ]",
                "[ \"alpha://a:1\", { type = beta, server = \"b:2\" } ]",
                "[ \"alpha://a:1\", \"beta://b:2\" ]",
                "[ \"alpha://a:1, beta://b:2\" ]",
                "\"alpha://a:1, beta://b:2\"",
                "\"alpha://a:1,beta://b:2\"",
                "[ direct, \"alpha://a:1\", [ \"beta://b:2\" ] ]",
            })
    void readsTheSameChainHoweverItIsWritten(String written) {
        assertThat(chain(written)).isEqualTo("alpha://a:1 -> beta://b:2");
    }

    @Test
    void takesOneSectionForAChainOfOneHop() {
        assertThat(chain("{ type = alpha, server = \"a:1\" }")).isEqualTo("alpha://a:1");
    }

    @Test
    void joinsChainsBySubstitutionAsHoconDoes() {
        String text = "outbounds { corp = [ \"alpha://a:1\" ], lab = ${hopline.outbounds.corp} [ \"beta://b:2\" ] }";

        assertThat(config(text).outbounds().get("lab")).hasToString("alpha://a:1 -> beta://b:2");
    }

    @Test
    void putsTheHopsOfANamedChainWhereItsNameStands() {
        String text = """
                outbounds {
                  all = [ corp, "beta://b:2" ]
                  word = "corp, beta://b:2"
                  alias = corp
                  corp = "alpha://a:1, alpha://a:2"
                }""";

        assertThat(config(text).outbounds().get("all")).hasToString("alpha://a:1 -> alpha://a:2 -> beta://b:2");
        assertThat(config(text).outbounds().get("word")).hasToString("alpha://a:1 -> alpha://a:2 -> beta://b:2");
        assertThat(config(text).outbounds().get("alias")).hasToString("alpha://a:1 -> alpha://a:2");
    }

    @Test
    void knowsDirectAndBlockWithoutADeclaration() {
        String text = "inbounds = [ { type = plain, listen = 1, outbound = block }, { type = plain, listen = 2 } ]";

        assertThat(config(text).inbounds())
                .extracting(inbound ->
                        inbound.outbound().name() + " " + inbound.outbound().chain())
                .containsExactly("block block", "direct direct");
    }

    @Test
    void tellsOfACircleOnceWithTheWayRound() {
        String text = """
                outbounds {
                  one = [ two ]
                  two = [ three, "alpha://a:1" ]
                  three = [ one ]
                }""";

        assertThat(problems(text))
                .singleElement()
                .asString()
                .containsPattern("given: [234]: hopline\\.outbounds\\.\\w+\\.0: ")
                .containsPattern("the chain contains itself: (\\w+) -> \\w+ -> \\w+ -> \\1");
    }

    @Test
    void tellsOfAChainThatGoesThroughItself() {
        assertThat(problems("outbounds { one = [ one ] }"))
                .containsExactly("given: 1: hopline.outbounds.one.0: the chain contains itself: one -> one");
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        assertThat(problems("""
                outbounds { office = "alpha://a:1" }
                inbounds = [ { type = plain, listen = 1, outbound = ofice } ]"""))
                .containsExactly(
                        "given: 2: hopline.inbounds.0.outbound: no chain is named \"ofice\"; did you mean \"office\"?");
    }

    @Test
    void suggestsTheTypeThatWasMeant() {
        assertThat(problems("outbounds { a = [ { type = alhpa, server = \"a:1\" } ], b = \"bta://b:1\" }"))
                .containsExactlyInAnyOrder(
                        "given: 1: hopline.outbounds.a.0.type: there is no outbound type \"alhpa\"; did you mean \"alpha\"?",
                        "given: 1: hopline.outbounds.b.type: there is no outbound type \"bta\"; did you mean \"beta\"?");
    }

    @Test
    void saysWhichTypesThereAreWhenNoneIsNamed() {
        assertThat(problems("outbounds { a = [ { server = \"a:1\" } ] }"))
                .containsExactly(
                        "given: 1: hopline.outbounds.a.0.type: missing; expected one of alpha, beta, block, direct, http");
    }

    @Test
    void refusesAHopThatCanNotCarryTheNext() {
        assertThat(problems(
                        "outbounds { a = [ \"alpha://a:1\", { type = direct } ]\n b = [ block, \"alpha://a:1\" ] }"))
                .containsExactlyInAnyOrder(
                        "given: 1: hopline.outbounds.a: hop 2 (direct) opens sockets itself, so it can only be the first of a chain",
                        "given: 2: hopline.outbounds.b: hop 2 (alpha a:1) can't be reached: hop 1 (block) carries no streams");
    }

    @Test
    void tellsOnceWhatIsWrongInAChainThatOthersUse() {
        String text = """
                outbounds {
                  corp = [ { type = alpha, sever = "a:1", server = "a:1" } ]
                  lab = ${hopline.outbounds.corp} [ "beta://b:2" ]
                  home = [ corp ]
                }
                inbounds = [ { type = plain, listen = 1, outbound = corp } ]""";

        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith("given: 2: ")
                .endsWith("did you mean \"server\"?");
    }

    @Test
    void refusesWhatIsNoChain() {
        assertThat(
                        problems(
                                "outbounds { a = 5\n b = \"\"\n c = [ true ]\n d = \"u:secret@host:1\"\n e = \"alpha://a:1,\" }"))
                .hasSize(5)
                .allMatch(problem -> problem.contains("expected a chain: a list of hops"))
                .noneMatch(problem -> problem.contains("secret"));
    }

    @Test
    void keepsItsReservedNames() {
        assertThat(problems("outbounds { direct = \"alpha://a:1\" }"))
                .singleElement()
                .asString()
                .startsWith("given: 1: hopline.outbounds.direct: \"direct\" is there without being declared");
    }

    @Test
    void refusesANameThatNobodyCouldWrite() {
        assertThat(problems("outbounds { \"a b\" = \"alpha://a:1\" }"))
                .containsExactly("given: 1: hopline.outbounds.a b: a chain's name has no spaces and none of , : / @");
    }
}
