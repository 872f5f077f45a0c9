package dev.cermin.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final Redaction ALL = Redaction.of(Kind.values());

    // put together here, so that no scanner takes this file for a leak
    private static String drawn(int length) {
        String letters = "Zk4Qw9Lx2Nv7Rb1Ty8Hs3Jd6Fg5McPaEu";
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(letters, 0, Math.min(letters.length(), length - text.length()));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "AKIA, 16, aws-key",
        "ghp_, 36, github-token",
        "github_pat_, 60, github-token",
        "glpat-, 20, gitlab-token",
        "xoxb-, 40, slack-token",
        "sk_live_, 24, stripe-key",
        "sk-proj-, 40, model-key",
        "sk-ant-api03-, 60, model-key",
        "AIza, 35, google-key",
        "npm_, 36, npm-token",
        "hf_, 34, huggingface-token",
        "hvs., 30, vault-token",
        "whsec_, 32, webhook-secret"
    })
    void aTokenThatItsIssuerMarksBecomesAMarkOfItsOwn(String prefix, int length, String name) {
        String token = prefix + (prefix.equals("AKIA") ? drawn(length).toUpperCase(Locale.ROOT) : drawn(length));

        assertThat(Redaction.DEFAULT.apply("Use " + token + " for that."))
                .isEqualTo("Use [redacted:" + name + "] for that.");
        assertThat(Redaction.DEFAULT.apply("{\"key\":\"" + token + "\"}"))
                .isEqualTo("{\"key\":\"[redacted:" + name + "]\"}");
    }

    @Test
    void aPrivateKeyGoesFromItsFirstLineToItsLast() {
        String key =
                "-----BEGIN RSA PRIVATE KEY-----\n" + drawn(64) + "\n" + drawn(64) + "\n-----END RSA PRIVATE KEY-----";

        assertThat(Redaction.DEFAULT.apply("before\n" + key + "\nafter"))
                .isEqualTo("before\n[redacted:private-key]\nafter");
        assertThat(Redaction.DEFAULT.apply("cut off: " + key.substring(0, 80)))
                .isEqualTo("cut off: [redacted:private-key]");
        assertThat(Redaction.DEFAULT.apply("-----BEGIN CERTIFICATE-----\n" + drawn(64)))
                .as("a certificate is public")
                .doesNotContain("[redacted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: Bearer abcdef0123456789xyz|Authorization: Bearer [redacted:authorization]",
                "'curl -H ''authorization: Basic dXNlcjpwYXNzd29yZDEyMw=='''|'curl -H ''authorization: Basic [redacted:authorization]'''",
                "the bearer 0123456789abcdef0123 may|the bearer [redacted:bearer-token] may",
                "postgres://cermin:geheim@db:5432/x|postgres://cermin:[redacted:url-password]@db:5432/x",
                "password = hunter2hunter2|password = [redacted:password]",
                "client_secret: 8Q~aZ3kLm9xP0tYw|client_secret: [redacted:secret]",
                "API_KEY=Zk4Qw9Lx2Nv7Rb1T|API_KEY=[redacted:secret]",
                "\\\"apiKey\\\":\\\"Zk4Qw9Lx2Nv7Rb1T\\\"|\\\"apiKey\\\":\\\"[redacted:secret]\\\""
            })
    void whatIsSaidToBeASecretAndLooksDrawnGoes(String text, String redacted) {
        assertThat(Redaction.DEFAULT.apply(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The password is required; tokens: 12345678, max-tokens=280",
                "x=-3/2,1 and 0.4111111111111111 is no card, nor is 4111111111111112",
                "see https://example.com:8443/path@2 and http://localhost:8080",
                "task-management-system-for-everybody-2024",
                "a bearer of news; authorization: none",
                "token = identifier_of_something_longer",
                "DE89370400440532013001 has the wrong check digits",
                "@Override on foo@bar; 1+4915112345 is a sum",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "[redacted:card] and [redacted:password]"
            })
    void textWithoutAnyIsLeftAsItIs(String text) {
        assertThat(ALL.apply(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4111111111111111|[redacted:card]",
                "No 5555 5555 5555 4444, please|No [redacted:card], please",
                "3782-822463-10005|[redacted:card]",
                "n4111111111111111n|n[redacted:card]n",
                "12 4111 1111 1111 1111 345|12 [redacted:card] 345",
                "DE89 3704 0044 0532 0130 00|[redacted:iban]",
                "pay to GB82WEST12345698765432.|pay to [redacted:iban].",
                "write to a.b+c@mail.example.co.uk.|write to [redacted:email].",
                "call +49 (0)151 1234-5678 now|call [redacted:phone] now"
            })
    void personalDataBecomesAMarkOfItsKind(String text, String redacted) {
        assertThat(ALL.apply(text)).isEqualTo(redacted);
    }

    @Test
    void addressesAndTelephoneNumbersStayUntilTheyAreAskedFor() {
        String text = "a@example.com, +49 151 1234 5678";

        assertThat(Redaction.DEFAULT.apply(text)).isSameAs(text);
    }

    @Test
    void aRuleOfOnesOwnHasItsNameAndMayKeepWhatIsAroundItsGroup() {
        Redaction own = Redaction.NONE.with("patient", "(?i)patient (\\w+)").with("ticket", "T-\\d+");

        assertThat(own.apply("Patient Smith has T-17")).isEqualTo("Patient [redacted:patient] has [redacted:ticket]");
    }

    @Test
    void aRuleThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> Redaction.NONE.with("x", "(a")).hasMessageContaining("'x' is no regex");
        assertThatThrownBy(() -> Redaction.NONE.with("x", "(?=a)")).hasMessageContaining("neither look-around");
        assertThatThrownBy(() -> Redaction.NONE.with("Not So", "a")).hasMessageContaining("lower case");
        assertThatThrownBy(() -> Redaction.NONE.with("x", "a").with("x", "b")).hasMessageContaining("two");
    }

    @Test
    void eachMarkIsTold() {
        List<String> told = new ArrayList<>();

        ALL.told(told::add).apply("a@example.com 4111111111111111 b@example.com");

        assertThat(told).containsExactlyInAnyOrder("email", "card", "email");
    }

    @Test
    void tenMegabytesOfTextTakeSeconds() {
        String text =
                "It was 12:30 when the 3 of them wrote to nobody@all about x=4, and she said \"no\". ".repeat(120_000);

        long begun = System.nanoTime();
        assertThat(ALL.with("ticket", "T-\\d+").apply(text)).isSameAs(text);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    /** What makes backtracking or repeated scans quadratic: a megabyte of it takes hours where it does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJaaaaaaaaaaaaaaaa-",
                "-----BEGIN ",
                "token=",
                "password:a1",
                "a@",
                "://a:",
                "4111 1111 ",
                "+1 ",
                "bearer ",
                "sk-a",
                "aaaaaaaa",
                "DE89 ",
                "[redacted:",
                ":AA"
            })
    void aMegabyteOfTheWorstTakesLinearTime(String part) {
        Redaction redaction = ALL.with("backtracking", "(a+)+$");
        String text = part.repeat(1_000_000 / part.length()) + "!";

        long begun = System.nanoTime();
        assertThat(redaction.apply(text)).isNotEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
}
