package dev.cermin.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {
    // the specification's own example
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    @Test
    void signsAsTheSpecificationDoes() {
        assertThat(Signer.of(List.of(SECRET)).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                .isEqualTo(SIGNATURE);
    }

    @Test
    void eachSecretGivesASignatureInItsOrder() {
        String other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assertThat(Signer.of(List.of(other, SECRET)).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                .matches("v1,[A-Za-z0-9+/]{43}= .*")
                .endsWith(" " + SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_dG9vIHNob3J0", "whsec_§§not base64§§"})
    void whatIsNoSecretIsRefusedAndNotQuoted(String wrong) {
        assertThatThrownBy(() -> Signer.of(List.of(SECRET, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Secret 2")
                .hasMessageContaining("whsec_ and 24 to 64 bytes")
                .hasMessageNotContaining("dG9v")
                .hasMessageNotContaining("§")
                .hasNoCause();
    }
}
