package io.hopline.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {

    private static final List<String> KNOWN = List.of("server", "tls", "listen", "type");

    @ParameterizedTest
    @CsvSource({"lisen,listen", "listenn,listen", "lsiten,listen", "litsne,listen", "tsl,tls", "typ,type"})
    void namesTheWordThatIsTwoSlipsAwayOrLess(String word, String meant) {
        assertThat(DidYouMean.hint(word, KNOWN)).isEqualTo("did you mean \"" + meant + "\"?");
    }

    @Test
    void namesTheWordThatBeginsSo() {
        assertThat(DidYouMean.hint("cert", List.of("certificate", "key", "alpn")))
                .contains("\"certificate\"");
    }

    @ParameterizedTest
    @CsvSource({"outbound", "x", "t"})
    void listsAllWordsWhereNoneIsClose(String word) {
        assertThat(DidYouMean.hint(word, KNOWN)).isEqualTo("known: listen, server, tls, type");
    }

    @Test
    void saysNothingWhereNothingIsKnown() {
        assertThat(DidYouMean.suffix("listen", List.of())).isEmpty();
        assertThat(DidYouMean.suffix("lisen", KNOWN)).isEqualTo("; did you mean \"listen\"?");
    }
}
