package dev.cermin.verify.ifeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    /** Every language that an item of IFEval asks for, and French. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en    | 'The weather is lovely today, and we are going to the market to buy bread.'
            de    | 'Heute ist das Wetter schön, und wir gehen auf den Markt, um Brot zu kaufen.'
            it    | 'Oggi il tempo è bello e andiamo al mercato a comprare il pane.'
            pt    | 'Hoje o tempo está bom e vamos ao mercado comprar pão para as crianças.'
            fi    | 'Tänään on kaunis sää, ja me menemme torille ostamaan leipää.'
            vi    | 'Hôm nay trời đẹp và chúng tôi đi chợ để mua bánh mì.'
            sw    | 'Leo hali ya hewa ni nzuri na tunakwenda sokoni kununua mkate.'
            ru    | 'Сегодня хорошая погода, и мы идём на рынок, чтобы купить хлеб.'
            bg    | 'Днес времето е хубаво и ние отиваме на пазара, за да купим хляб.'
            ar    | 'الطقس جميل اليوم ونحن ذاهبون إلى السوق لشراء الخبز.'
            fa    | 'امروز هوا خوب است و ما برای خریدن نان به بازار می‌رویم.'
            ur    | 'آج موسم اچھا ہے اور ہم روٹی خریدنے بازار جا رہے ہیں۔'
            hi    | 'आज मौसम अच्छा है और हम रोटी खरीदने के लिए बाज़ार जा रहे हैं।'
            mr    | 'आज हवामान चांगले आहे आणि आम्ही भाकरी विकत घेण्यासाठी बाजारात जात आहोत.'
            ne    | 'आज मौसम राम्रो छ र हामी रोटी किन्न बजार जाँदैछौं।'
            bn    | 'আজ আবহাওয়া ভালো এবং আমরা রুটি কিনতে বাজারে যাচ্ছি।'
            gu    | 'આજે હવામાન સારું છે અને અમે રોટલી ખરીદવા બજારમાં જઈએ છીએ.'
            pa    | 'ਅੱਜ ਮੌਸਮ ਚੰਗਾ ਹੈ ਅਤੇ ਅਸੀਂ ਰੋਟੀ ਖਰੀਦਣ ਲਈ ਬਾਜ਼ਾਰ ਜਾ ਰਹੇ ਹਾਂ।'
            ta    | 'இன்று வானிலை நன்றாக உள்ளது, நாங்கள் ரொட்டி வாங்க சந்தைக்குச் செல்கிறோம்.'
            te    | 'ఈ రోజు వాతావరణం బాగుంది, మేము రొట్టె కొనడానికి బజారుకు వెళ్తున్నాము.'
            kn    | 'ಇಂದು ಹವಾಮಾನ ಚೆನ್ನಾಗಿದೆ ಮತ್ತು ನಾವು ರೊಟ್ಟಿ ಕೊಳ್ಳಲು ಮಾರುಕಟ್ಟೆಗೆ ಹೋಗುತ್ತಿದ್ದೇವೆ.'
            th    | 'วันนี้อากาศดีและเรากำลังไปตลาดเพื่อซื้อขนมปัง'
            ko    | '오늘은 날씨가 좋아서 우리는 빵을 사러 시장에 갑니다.'
            fr    | 'Il fait beau aujourd''hui et nous allons au marché pour acheter du pain.'
            """)
    void aLanguageIsFoundInASentence(String code, String text) {
        assertThat(check(code, text))
                .satisfies(
                        check -> assertThat(check.passed()).as(check.message()).isTrue());
        assertThat(check(code.equals("fr") ? "es" : "fr", text).passed()).isFalse();
        assertThat(check(code, text.toUpperCase(Locale.ROOT)).passed())
                .as("in capitals")
                .isTrue();
    }

    @Test
    void chineseIsEitherOfItsTwo() {
        String text = "今天天气很好,我们去市场买面包给孩子们吃。";

        assertThat(check("zh", text).passed()).isTrue();
        assertThat(check("zh-cn", text).passed()).isTrue();
        assertThat(check("zh-TW", text).passed()).isFalse();
    }

    @Test
    void whereNoLanguageCanBeDetectedTheCheckPassesAndSaysSo() {
        assertThat(check("hi", "42 + 1 = 43 https://example.com/some/english/words"))
                .isEqualTo(Check.pass(
                        "language-response-language",
                        "No language can be detected, which counts as the one asked for"));
    }

    @Test
    void theSameTextIsAlwaysFoundInTheSameLanguage() {
        // short, of several languages, and long enough to be drawn from at random
        List<String> doubtful =
                List.of("no", "a casa", "My answer is no.", "Hello, ich heiße Ana. Me gusta o mar. ".repeat(20));

        for (String text : doubtful) {
            String first = check("en", text).message();
            for (int i = 0; i < 10; i++) {
                assertThat(check("en", text).message()).isEqualTo(first);
            }
        }
    }

    @Test
    void withoutTheLibraryOnlyLanguageFailsAndNamesItEachTime() throws Exception {
        try (URLClassLoader bare = withoutLanguageDetector()) {
            Class<?> program = bare.loadClass(Program.class.getName());

            assertThatCode(() -> run(program, "comma")).doesNotThrowAnyException();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> run(program, "language"))
                        .isInstanceOf(NoClassDefFoundError.class)
                        .hasMessageStartingWith("com.optimaize.languagedetector:language-detector (com/optimaize/");
            }
        }
    }

    /** Runs in a class loader of its own. */
    public static final class Program {
        private Program() {}

        public static void run(String what) {
            if (what.equals("comma")) {
                Ifeval.noComma().verify(new Answer("", "no comma"));
                Ifeval.responseLanguage("en");
            } else {
                Ifeval.responseLanguage("en").verify(new Answer("", "which language"));
            }
        }
    }

    private static void run(Class<?> program, String what) throws Throwable {
        try {
            program.getMethod("run", String.class).invoke(null, what);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static URLClassLoader withoutLanguageDetector() throws Exception {
        List<URL> entries = new ArrayList<>();
        for (Class<?> ours : List.of(Ifeval.class, LanguageTest.class)) {
            entries.add(ours.getProtectionDomain().getCodeSource().getLocation());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("language-detector")) {
                entries.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(entries.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static Check check(String code, String text) {
        return Ifeval.responseLanguage(code).verify(new Answer("", text));
    }
}
