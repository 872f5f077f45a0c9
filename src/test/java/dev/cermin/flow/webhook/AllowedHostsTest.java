package dev.cermin.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    private static final AllowedHosts HOSTS =
            AllowedHosts.of(List.of("hooks.example.com", "*.inner.example.com", "127.0.0.1:8081", "[::1]:8443"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/a?token=b",
                "http://hooks.example.com",
                "HTTPS://Hooks.Example.com:443/",
                "https://a.b.inner.example.com/x",
                "http://127.0.0.1:8081/x",
                "https://[::1]:8443/"
            })
    void whatIsListedMayBeCalled(String callback) {
        assertThat(HOSTS.require(callback)).isEqualTo(URI.create(callback));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com:8443/",
                "http://hooks.example.com:443/",
                "https://inner.example.com/",
                "https://evilinner.example.com/",
                "https://hooks.example.com.evil.com/",
                "https://hooks.example.com./",
                "http://127.0.0.1/",
                "http://2130706433:8081/",
                "http://localhost:8081/",
                "http://169.254.169.254/latest/meta-data"
            })
    void whatIsNotListedMayNot(String callback) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HOSTS.require(callback))
                .withMessageContaining("cermin.webhooks.allowed-hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.com",
                "//hooks.example.com/",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "https://hooks.example.com@evil.com/",
                "https://user:secret@hooks.example.com/",
                "https://hooks.example.com/a b?secret",
                "https:///path?secret"
            })
    void whatIsNoAddressIsRefusedAndNotQuoted(String callback) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HOSTS.require(callback))
                .withMessageContaining("https://hooks.example.com/cermin is expected")
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @Test
    void whereACallGoesIsTheSameHoweverItIsSpelled() {
        for (String spelled : List.of("https://Hooks.Example.com/a", "HTTPS://hooks.example.com:443/b?token=c")) {
            assertThat(AllowedHosts.place(URI.create(spelled))).isEqualTo("hooks.example.com:443");
        }
        assertThat(AllowedHosts.place(URI.create("http://hooks.example.com/"))).isEqualTo("hooks.example.com:80");
    }

    @Test
    void nothingIsAllowedWhereNothingIsListed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedHosts.of(List.of()).require("https://hooks.example.com/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://hooks.example.com", "a b", "hooks.example.com/path", "*.*.com", ""})
    void anEntryThatIsNoHostIsRefused(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedHosts.of(List.of(entry)))
                .withMessageContaining("'" + entry + "'");
    }

    @Test
    void anAddressIsShownWithoutItsQuery() {
        assertThat(AllowedHosts.shown(URI.create("https://h.example.com:8443/a/b?token=secret#c")))
                .isEqualTo("https://h.example.com:8443/a/b");
    }
}
