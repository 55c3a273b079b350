package io.hopline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final Outbound DIRECT = (target, session) -> session.loop().newPromise();

    private final List<String> put = new ArrayList<>();

    @Test
    void putsEachHopOverTheOneBefore() {
        Outbound outbound = Chain.of(hop("near"), hop("far")).over(DIRECT);

        assertThat(put).containsExactly("hop 1 (near near:1)", "hop 2 (far far:1)");
        assertThat(outbound)
                .isInstanceOfSatisfying(
                        Over.class,
                        far -> assertThat(far.via)
                                .isInstanceOfSatisfying(
                                        Over.class, near -> assertThat(near.via).isSameAs(DIRECT)));
    }

    @Test
    void goesStraightWithoutHops() {
        assertThat(Chain.of().over(DIRECT)).isSameAs(DIRECT);
        assertThat(Chain.of()).hasToString("direct");
        assertThat(Chain.of().looksUp()).isTrue();
    }

    @Test
    void isReadFromTheNearestHopOn() {
        assertThat(Chain.of(hop("near"), hop("far"))).hasToString("near://near:1 -> far://far:1");
        assertThat(Chain.of(hop("near")).looksUp()).isFalse();
    }

    @Test
    void refusesWhatOpensSocketsAnywhereButFirst() {
        assertThat(Chain.objections(List.of(new TestHop("socket", put, true, true), hop("b"))))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chain.of(hop("a"), new TestHop("socket", put, true, true)))
                .withMessage("hop 2 (socket socket:1) opens sockets itself, so it can only be the first of a chain");
    }

    @Test
    void refusesAHopBehindOneThatCarriesNoStreams() {
        assertThat(Chain.objections(List.of(new TestHop("a", put, false, false), hop("b"))))
                .containsExactly("hop 2 (b b:1) can't be reached: hop 1 (a a:1) carries no streams");
    }

    @Test
    void refusesAServerThatTheHopBeneathCantDial() {
        assertThat(Chain.objections(List.of(hop("picky"), hop("odd"), hop("b"))))
                .containsExactly("hop 2 (odd odd:1) can't be reached over hop 1 (picky picky:1): no odd ones");
    }

    @Test
    void refusesToTellWhoAClientIsBeneathSessionsThatClientsShare() {
        assertThat(Chain.objections(List.of(hop("telling"), hop("plain"), hop("shared"), hop("telling"))))
                .containsExactly(
                        "clients share the sessions of hop 3 (shared shared:1), so hop 1 (telling telling:1) can't"
                                + " tell the address of one; leave its proxy-protocol out, or use another hop type than shared");
    }

    @Test
    void refusesSharedSessionsThatTellWhoAClientIsThemselves() {
        assertThat(Chain.objections(List.of(hop("shared-telling"), hop("telling"))))
                .containsExactly(
                        "clients share the sessions of hop 1 (shared-telling shared-telling:1), so it can't tell"
                                + " the address of one; leave its proxy-protocol out, or use another hop type than shared-telling");
    }

    @Test
    void refusesSocketsThatTellWhoAClientIsBeneathSessionsThatClientsShare() {
        Hop direct = new TestHop("telling", put, true, true);
        assertThat(Chain.of(hop("plain"), hop("shared")).objections(direct))
                .containsExactly(
                        "clients share the sessions of hop 2 (shared shared:1), so telling can't tell the address of one;"
                                + " leave its proxy-protocol out, or use another hop type than shared");
        assertThat(Chain.of(hop("plain")).objections(direct)).isEmpty();
        assertThat(Chain.of(new TestHop("own", put, true, true), hop("shared")).objections(direct))
                .isEmpty();
    }

    @Test
    void tellsWhichHopAnAbilityIsLostAt() {
        Able direct = (target, session) -> session.loop().newPromise();

        assertThat(Chain.of(hop("able"), hop("able")).lacking(Able.class, direct))
                .isEmpty();
        assertThat(Chain.of(hop("able"), hop("plain"), hop("able")).lacking(Able.class, direct))
                .contains("hop 2 (plain plain:1)");
        assertThat(Chain.of(hop("able")).lacking(Able.class, DIRECT)).contains("direct");
        assertThat(Chain.of().lacking(Able.class, direct)).isEmpty();
    }

    private TestHop hop(String name) {
        return new TestHop(name, put, false, true);
    }

    /** An ability besides dialing. */
    private interface Able extends Outbound {}

    private record Over(Outbound via) implements Outbound {
        @Override
        public io.netty.util.concurrent.Future<io.netty.channel.Channel> dial(HostPort target, Session session) {
            return via.dial(target, session);
        }
    }

    /** A hop that has the ability if it is called so and the one beneath has it. */
    private record TestHop(String type, List<String> put, boolean opensSockets, boolean carriesStreams) implements Hop {

        @Override
        public Optional<HostPort> server() {
            return Optional.of(new HostPort(type, 1));
        }

        @Override
        public Outbound over(Outbound via, HopRef at) {
            put.add(at.toString());
            if (type.equals("able") && via instanceof Able able) {
                return (Able) able::dial;
            }
            return new Over(via);
        }

        @Override
        public boolean tellsClient() {
            return type.endsWith("telling");
        }

        @Override
        public boolean isShared() {
            return type.startsWith("shared");
        }

        @Override
        public Optional<String> objection(HostPort target) {
            return type.equals("picky") && target.host().equals("odd") ? Optional.of("no odd ones") : Optional.empty();
        }

        @Override
        public String describe() {
            return type + "://" + type + ":1";
        }
    }
}
