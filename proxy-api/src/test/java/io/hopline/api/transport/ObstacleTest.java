package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an operator is told of what Netty says. */
class ObstacleTest {

    @Test
    void isNoneWhereNothingIsInTheWay() {
        assertThat(Obstacle.of(null)).isEmpty();
    }

    @Test
    void namesWhatForbidsIoUring() {
        Exception refused = new RuntimeException("failed to create io_uring ring fd: Operation not permitted");
        assertThat(Obstacle.of(new UnsatisfiedLinkError().initCause(refused)))
                .hasValueSatisfying(why -> assertThat(why).contains("kernel.io_uring_disabled", "seccomp"));
    }

    @Test
    void tellsOfAKernelWithoutIt() {
        assertThat(Obstacle.of(new RuntimeException("failed to create io_uring ring fd: Function not implemented")))
                .hasValue("this kernel does not have it");
    }

    @Test
    void passesOnWhichKernelIsNeeded() {
        String old = "you need at least kernel version 5.9, current kernel version: 5.4.0";
        assertThat(Obstacle.of(new UnsupportedOperationException(old))).hasValue(old);
    }

    @Test
    void tellsOfASystemThatNoLibraryIsMadeFor() {
        assertThat(Obstacle.of(new UnsatisfiedLinkError("could not load netty_transport_native_io_uring42_s390_64")))
                .hasValue("there is no native library of it for this system");
    }
}
