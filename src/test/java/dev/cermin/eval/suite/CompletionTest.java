package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What replies to a prompt come to as programs. */
class CompletionTest {
    private static final String PYTHON = """
            import math

            def twice(n: int) -> int:
                \""" Twice n. \"""
            """;
    private static final String JAVA = """
            import java.util.*;

            class Solution {
                public int one() {
                    return 1;
                }

                /** Twice n. */
                public int twice(int n) {
            """;

    private final PythonCompletion python = new PythonCompletion(PYTHON, "twice");
    private final JavaCompletion java = new JavaCompletion(JAVA);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    m = n\n    return m * 2",
                "m = n\n    return m * 2",
                "m = n\nreturn m * 2",
                "\n\n    m = n\n    return m * 2",
                "```python\n    m = n\n    return m * 2\n```",
                "Here is the body:\n```\nm = n\nreturn m * 2\n```\nIt doubles.",
                "    m = n\n    return m * 2\n\ndef main():\n    print(twice(1))",
                "    m = n\n    return m * 2\n# Done\nThat was all.",
            })
    void aBodyGoesOnWithThePromptInPython(String reply) {
        assertThat(python.program(reply).stripTrailing()).isEqualTo(PYTHON + "    m = n\n    return m * 2");
    }

    @Test
    void aBodyThatOpensABlockKeepsItsShape() {
        String body = "    for m in [n]:\n        return m * 2";

        assertThat(python.program(body.strip())).isEqualTo(PYTHON + body);
        assertThat(python.program(body.stripIndent()).stripTrailing()).isEqualTo(PYTHON + body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def twice(n):\n    return helper(n)\n\ndef helper(n):\n    return 2 * n\n",
                "```python\ndef helper(n):\n    return 2 * n\n\ndef twice(n):\n    return helper(n)\n```",
                "Sure:\n```py\nimport os\n\nasync def twice(n):\n    return 2 * n\n```\n```python\nprint(twice(2))\n```",
            })
    void aWholeFunctionFollowsThePromptInPython(String reply) {
        assertThat(python.program(reply))
                .startsWith(PYTHON + "\n")
                .contains("def twice(n):")
                .doesNotContain("print");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "        return 2 * n; // }\n    }\n}",
                "        return 2 * n; // }\n    }\n}\n\nclass Main { }",
                "        return 2 * n; // }\n    }\n\n",
                "        return 2 * n; // }\n",
                "```java\n        return 2 * n; // }\n    }\n}\n```",
            })
    void aBodyGoesOnWithThePromptInJava(String reply) {
        assertThat(java.program(reply).replaceAll("\\s+", " ").replaceAll("[} ]+$", ""))
                .isEqualTo((JAVA + "return 2 * n; //").replaceAll("\\s+", " "));
        assertThat(java.program(reply)).matches("(?s).*// \\}\\s*\\}\\s*\\}\\s*");
    }

    @Test
    void theMethodOrTheClassWillDoInJava() {
        String method = "    public int twice(int n) {\n        return 2 * n;\n    }\n";

        assertThat(java.program("```java\nimport java.math.*;\n" + method + "```"))
                .isEqualTo("import java.math.*;\n" + JAVA.replace("    public int twice(int n) {\n", method) + "\n}");
        assertThat(java.program("```java\nclass Solution {\n" + method + "}\n```"))
                .isEqualTo("import java.util.*;\nclass Solution {\n" + method + "}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "1, 0, 1, 0",
        "2, 1, 1, 0.5",
        "5, 2, 1, 0.4",
        "5, 2, 3, 0.9",
        "5, 3, 3, 1",
        "200, 1, 100, 0.5"
    })
    void passAtKIsTheChanceOfOneRightSample(int samples, int right, int k, double chance) {
        assertThat(PassAtK.of(samples, right, k)).isEqualTo(chance, within(1e-12));
    }

    @Test
    void passAtKOutOfRangeIsRefused() {
        for (int[] numbers : List.of(
                new int[] {0, 0, 1}, new int[] {3, 4, 1}, new int[] {3, -1, 1}, new int[] {3, 1, 4}, new int[] {3, 1, 0
                })) {
            assertThatThrownBy(() -> PassAtK.of(numbers[0], numbers[1], numbers[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("has no value");
        }
    }
}
