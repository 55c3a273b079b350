package io.hopline.socks;

import io.hopline.socks.Stage.Mode;
import io.hopline.testkit.Loops;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * One rule of a protocol, and a client that finds out whether it is kept.
 *
 * @param name begins with the section that says so
 */
record Rule(String name, Script script) {

    /** What a client and its peers do. */
    @FunctionalInterface
    interface Script {
        void run(Stage stage) throws Exception;
    }

    void hold(Mode mode, Loops loops) throws Exception {
        script.run(new Stage(mode, loops));
    }

    /** Every rule in every mode. */
    static Stream<Arguments> each(List<Rule> rules) {
        return rules.stream().flatMap(rule -> Arrays.stream(Mode.values()).map(mode -> Arguments.of(rule, mode)));
    }

    @Override
    public String toString() {
        return name;
    }
}
