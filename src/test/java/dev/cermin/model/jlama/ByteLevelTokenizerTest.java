package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLevelTokenizerTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                " leading and trailing ",
                "naïve café ÿ",
                "Привет, мир",
                "你好，世界",
                "こんにちは",
                "🙂👩‍👩‍👧 ✓",
                "tab\tline\r\n\u0000\u00ad",
                "x²+½≠∞"
            })
    void everyTextComesBackAndIsItsBytes(String text) throws IOException {
        ByteLevelTokenizer tokenizer =
                new ByteLevelTokenizer(RandomModel.small(1).write(temp));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = tokenizer.ids(text);

        assertThat(ids).hasSize(bytes.length);
        for (int i = 0; i < ids.length; i++) {
            assertThat(ids[i]).isEqualTo(bytes[i] & 0xFF);
        }
        assertThat(tokenizer.decode(longs(ids))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"the theme", "你好你好吗", "Привет", "🙂🙂", "then 你 the 🙂 hethe"})
    void mergesAreThoseOfAByteLevelReference(String text) throws IOException {
        RandomModel model = RandomModel.small(1);
        List<List<byte[]>> merges = List.of(
                pair("t", "h"),
                pair("th", "e"),
                pair("h", "e"),
                pair("👍", 0, 1, 2), // the first two bytes of most emoji
                pair("🙂", 0, 2, 4),
                pair("你", 0, 1, 2),
                pair("你", 0, 2, 3),
                pair("好", 0, 1, 2),
                pair("好", 0, 2, 3),
                pair("你好", 0, 3, 6),
                pair("П", 0, 1, 2),
                pair("р", 0, 1, 2));
        List<String> lines = new ArrayList<>();
        for (List<byte[]> merge : merges) {
            String left = visible(merge.get(0));
            String right = visible(merge.get(1));
            lines.add(left + " " + right);
            model.vocabulary.putIfAbsent(left + right, 258 + model.vocabulary.size() - 256);
        }
        model.merges = lines;
        ByteLevelTokenizer tokenizer = new ByteLevelTokenizer(model.write(temp));
        int[] ids = tokenizer.ids(text);

        assertThat(ids)
                .containsExactly(reference(text, lines).stream()
                        .mapToInt(model.vocabulary::get)
                        .toArray());
        assertThat(ids.length).isLessThan(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(tokenizer.decode(longs(ids))).isEqualTo(text);
    }

    @Test
    void specialTokensAreOneIdEachAndSurvive() throws IOException {
        ByteLevelTokenizer tokenizer =
                new ByteLevelTokenizer(RandomModel.small(1).write(temp));
        int[] ids = tokenizer.ids("<bos>a<think>b</think>");

        assertThat(ids).hasSize(5).startsWith(RandomModel.BOS, 'a').contains('b');
        assertThat(tokenizer.decode(longs(ids))).isEqualTo("<bos>a<think>b</think>");
    }

    /** BPE as defined: over and over, join the leftmost pair of the merge that comes first in the list. */
    private static List<String> reference(String text, List<String> merges) {
        List<String> parts = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            parts.add(RandomModel.visible(b & 0xFF));
        }
        int merge = 0;
        while (merge < merges.size()) {
            int at = -1;
            for (int i = 0; i + 1 < parts.size() && at < 0; i++) {
                if ((parts.get(i) + " " + parts.get(i + 1)).equals(merges.get(merge))) {
                    at = i;
                }
            }
            if (at < 0) {
                merge++;
            } else {
                parts.set(at, parts.get(at) + parts.remove(at + 1));
                merge = 0;
            }
        }
        return parts;
    }

    private static List<byte[]> pair(String left, String right) {
        return List.of(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> pair(String text, int from, int middle, int to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return List.of(Arrays.copyOfRange(bytes, from, middle), Arrays.copyOfRange(bytes, middle, to));
    }

    private static String visible(byte[] bytes) {
        StringBuilder points = new StringBuilder();
        for (byte b : bytes) {
            points.append(RandomModel.visible(b & 0xFF));
        }
        return points.toString();
    }

    private static long[] longs(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }
}
