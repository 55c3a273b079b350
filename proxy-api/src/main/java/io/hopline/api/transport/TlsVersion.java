package io.hopline.api.transport;

import java.util.Arrays;
import java.util.List;

/** The versions of TLS that are still sound (RFC 8996). */
public enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    /** @throws IllegalArgumentException if it is neither {@code 1.2} nor {@code 1.3} */
    static TlsVersion parse(String number) {
        return Arrays.stream(values())
                .filter(v -> v.number.equals(number))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("older versions are not safe"));
    }

    /** As TLS engines call it. */
    String protocol() {
        return "TLSv" + number;
    }

    static List<String> protocols(TlsVersion min, TlsVersion max) {
        return Arrays.stream(values())
                .filter(v -> v.compareTo(min) >= 0 && v.compareTo(max) <= 0)
                .map(TlsVersion::protocol)
                .toList();
    }
}
