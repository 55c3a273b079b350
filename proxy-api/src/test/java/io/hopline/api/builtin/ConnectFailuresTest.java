package io.hopline.api.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "Network is unreachable, Network is unreachable, UNROUTABLE",
        "Cannot assign requested address, Network is unreachable, UNROUTABLE",
        "Network is unreachable, No route to host, UNREACHABLE",
        "Network is unreachable, Too many open files, FAILED",
        "Network is unreachable, Connection timed out, TIMEOUT",
        "Too many open files, No route to host, UNREACHABLE",
        "Connection timed out, Connection refused, REFUSED",
    })
    void tellTheReasonThatSaysMost(String one, String other, Reason reason) {
        ConnectFailures failures = new ConnectFailures();
        failures.add(new InetSocketAddress("2001:db8::1", 80), new IOException(one));
        failures.add(new InetSocketAddress("192.0.2.1", 80), new IOException(other));
        assertThat(failures.reason()).isEqualTo(reason);
    }
}
