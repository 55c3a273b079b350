package io.hopline.leakcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class LeakCheckTest {
    @Test
    void failsTheClassThatLeaksAndSaysWhere() {
        assertThat(failuresOf(Leaks.class))
                .singleElement()
                .asString()
                .contains("1 leaked by the end of LeakCheckTest$Leaks", "ByteBuf", "LeakCheckTest$Leaks.buffer")
                .doesNotContain("org.junit.platform.launcher");
    }

    @Test
    void seesWhatANestedClassLeaks() {
        assertThat(failuresOf(LeaksInside.class)).singleElement().asString().contains("LeaksInside$Inner.buffer");
    }

    @Test
    void acceptsAClassThatReleases() {
        assertThat(failuresOf(Releases.class)).isEmpty();
    }

    @Test
    void lettingANestedClassUseWhatTheOuterOneReleasesIsFine() {
        assertThat(failuresOf(ReleasesAtTheEnd.class)).isEmpty();
    }

    private static List<String> failuresOf(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents()
                .failed()
                .stream()
                .map(LeakCheckTest::failure)
                .toList();
    }

    private static String failure(Event event) {
        return event.getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable)
                .map(Throwable::getMessage)
                .orElseThrow();
    }

    @ExtendWith(LeakCheck.class)
    static class Leaks {
        @Test
        void buffer() {
            Unpooled.directBuffer(1).writeByte(1);
        }
    }

    @ExtendWith(LeakCheck.class)
    static class LeaksInside {
        @Nested
        class Inner {
            @Test
            void buffer() {
                Unpooled.directBuffer(1).writeByte(1);
            }
        }
    }

    @ExtendWith(LeakCheck.class)
    static class Releases {
        @Test
        void buffer() {
            Unpooled.directBuffer(1).release();
        }
    }

    @ExtendWith(LeakCheck.class)
    static class ReleasesAtTheEnd {
        static @Nullable ByteBuf shared;

        @Nested
        class Inner {
            @Test
            void buffer() {
                shared = Unpooled.directBuffer(1);
            }
        }

        @AfterAll
        static void release() {
            Optional.ofNullable(shared).ifPresent(ByteBuf::release);
        }
    }
}
