package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

/** What an operator is told of what Netty says. */
class ObstacleTest {

    @Test
    void isNoneWhereNothingIsInTheWay() {
        assertThat(Obstacle.of(null)).isEmpty();
    }

    @Test
    void passesOnWhatNettySaysBesides() {
        String why = "Native transport was explicit disabled with -Dio.netty.transport.noNative=true";
        assertThat(Obstacle.of(new UnsupportedOperationException(why))).hasValue(why);
    }

    @Test
    void tellsOfASystemThatNoLibraryIsMadeFor() {
        Throwable none = new FileNotFoundException("META-INF/native/libnetty_transport_native_epoll_s390_64.so");
        assertThat(Obstacle.of(new UnsatisfiedLinkError("could not load a native library").initCause(none)))
                .hasValue("there is no native library of it for this system");
    }

    @Test
    void tellsOfALibraryThatCannotBeLoaded() {
        String why = "/tmp/libnetty.so: failed to map segment from shared object";
        assertThat(Obstacle.of(new UnsatisfiedLinkError(why)))
                .hasValueSatisfying(text -> assertThat(text).contains("loaded", why));
    }

    @Test
    void tellsOfALibraryThatCannotBeUnpacked() {
        Throwable denied = new AccessDeniedException("/tmp/libnetty.so");
        assertThat(Obstacle.of(new UnsatisfiedLinkError("could not load a native library").initCause(denied)))
                .hasValueSatisfying(text -> assertThat(text).contains("unpacked", "AccessDenied", "/tmp/libnetty.so"));
    }
}
