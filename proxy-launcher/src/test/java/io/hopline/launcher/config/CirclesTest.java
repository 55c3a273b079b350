package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.config;
import static io.hopline.launcher.config.Given.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CirclesTest {

    @Test
    void refusesInboundsThatServeEachOther() {
        assertThat(problems("""
            inbounds = [
              { type = plain, name = a, listen = 1, outbound = "alpha://127.0.0.1:2" }
              { type = plain, name = b, listen = 2, outbound = "beta://localhost:3" }
              { type = plain, name = c, listen = 3, outbound = "alpha://127.0.0.1:1" }
            ]\
            """))
                .containsExactly("given: 2: hopline.inbounds: clients would be served in a circle: a -> b -> c -> a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type = fixed, name = a, listen = 1, target = \"localhost:1\" }",
                "{ type = plain, name = a, listen = 1, outbound = \"alpha://127.0.0.1:1\" }",
            })
    void refusesAnInboundThatServesItself(String self) {
        assertThat(problems("inbounds = [ " + self + " ]"))
                .containsExactly("given: 1: hopline.inbounds: clients would be served in a circle: a -> a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The second hop is dialed by an inbound of ours that goes straight on.
                "{ type = plain, name = a, listen = 1, outbound = \"alpha://127.0.0.1:2, alpha://127.0.0.1:1\" }",
                "{ type = fixed, name = a, listen = 1, target = \"127.0.0.1:4\" }",
            })
    void seesWhatLiesBehindAnInboundThatGoesStraightOn(String first) {
        assertThat(problems("inbounds = [ " + first + "\n" + """
              { type = plain, name = b, listen = 2 }
              { type = plain, name = c, listen = "0.0.0.0:4", open = true, outbound = "alpha://127.0.0.1:1" }
            ]\
            """))
                .singleElement()
                .asString()
                .contains("in a circle: a -> ")
                .endsWith(" -> a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // On another machine these are other places.
                "{ type = plain, name = a, listen = 1, outbound = \"alpha://192.0.2.1:7, alpha://127.0.0.1:2\" }",
                "{ type = fixed, name = a, listen = 1, target = \"127.0.0.1:2\", outbound = \"alpha://192.0.2.1:7\" }",
                "{ type = plain, name = a, listen = 1, outbound = \"alpha://192.0.2.1:2\" }",
                "{ type = plain, name = a, listen = 1, outbound = \"alpha://127.0.0.2:2\" }",
            })
    void leavesAloneWhatMayBeFine(String first) {
        assertThat(config("inbounds = [ " + first + "\n" + """
              { type = plain, name = b, listen = 2, outbound = "alpha://127.0.0.1:1" }
            ]\
            """).inbounds()).hasSize(2);
    }

    @Test
    void letsInboundsFollowEachOther() {
        assertThat(config("""
            inbounds = [
              { type = plain, name = a, listen = 1, outbound = "alpha://127.0.0.1:2, alpha://127.0.0.1:3" }
              { type = plain, name = b, listen = 2 }
              { type = plain, name = c, listen = 3 }
            ]\
            """).inbounds()).hasSize(3);
    }
}
