package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.Step;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Secret;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of {@link OutboundContract} for a hop with credentials; none where the protocol knows none. */
abstract class OutboundCredentials extends HopUnderTest {

    private static final String PASSWORD = "wonder:land";
    private static final String BASIC = "YWxpY2U6d29uZGVyOmxhbmQ=";
    private static final Credentials ALICE = new Credentials("alice", new Secret(PASSWORD));

    @TestFactory
    Stream<DynamicTest> provesItselfByItsCredentials() throws Exception {
        return ofHopWithCredentials(hop -> {
            Future<Channel> dialed = dial(hop);
            Wire accepted = accept();
            assertThat(readRequest(accepted)).isEqualTo(new Request(target(), Optional.of(ALICE)));
            accepted.write(granted());
            Loops.get(dialed).close();
            assertThat(observer.passed()).isNotEmpty().allSatisfy(passed -> showsNoPassword(passed.detail()));
        });
    }

    @TestFactory
    Stream<DynamicTest> tellsThatTheServerDoesNotTakeItsCredentials() throws Exception {
        return ofHopWithCredentials(hop -> {
            Future<Channel> dialed = dial(hop);
            Wire accepted = accept();
            rejectCredentials(accepted);
            DialException failure = expectFailure(dialed, Reason.AUTH, at(hop), Step.HANDSHAKE);
            showsNoPassword(failure.getMessage());
            accepted.readToEnd();
        });
    }

    @TestFactory
    Stream<DynamicTest> showsNoPassword() throws Exception {
        return ofHopWithCredentials(hop -> {
            showsNoPassword(hop.toString());
            showsNoPassword(hop.describe());
            showsNoPassword(at(hop).toString());
        });
    }

    private interface Case {
        void of(Hop hop) throws Exception;
    }

    private Stream<DynamicTest> ofHopWithCredentials(Case tested) throws Exception {
        return hop(server(), LONG, ALICE).stream()
                .map(hop -> dynamicTest(hop.type() + " with credentials", () -> tested.of(hop)));
    }

    private static void showsNoPassword(String text) {
        assertThat(text).doesNotContain(PASSWORD, BASIC);
    }
}
