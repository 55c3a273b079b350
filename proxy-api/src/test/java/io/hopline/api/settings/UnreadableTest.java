package io.hopline.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class UnreadableTest {

    @Test
    void saysWhatJavaLeavesOut() {
        assertThat(Unreadable.why(new NoSuchFileException("a.pem"))).isEqualTo("no such file");
        assertThat(Unreadable.why(new AccessDeniedException("a.pem")))
                .isEqualTo("permission denied to the user that Hopline runs as");
        assertThat(Unreadable.why(new MalformedInputException(1))).isEqualTo("no text in UTF-8");
    }

    @Test
    void saysElseWhatTheSystemSays() {
        assertThat(Unreadable.why(new FileSystemException("a.pem", null, "Too many levels of symbolic links")))
                .isEqualTo("Too many levels of symbolic links");
        assertThat(Unreadable.why(new IOException("Is a directory"))).isEqualTo("Is a directory");
    }
}
