package dev.cermin.verify.code;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodeBlockTest {
    @Test
    void theFirstBlockOfTheLanguageIsTaken() {
        String answer =
                "Run\n```sh\njavac A.java\n```\nwith\n```java\nclass A {}\n```\nand\n```java\nclass B {}\n```\n";

        assertThat(CodeBlock.in(answer, "java")).isEqualTo("class A {}\n");
    }

    @Test
    void elseTheFirstOfAny() {
        assertThat(CodeBlock.in("So:\n```\nx = 1\n```\n```\ny = 1\n```", "python"))
                .isEqualTo("x = 1\n");
    }

    @Test
    void elseTheWholeText() {
        assertThat(CodeBlock.in("x = '```'\ny = 2", "python")).isEqualTo("x = '```'\ny = 2");
    }

    @Test
    void aFenceThatIsNotClosedReachesToTheEnd() {
        assertThat(CodeBlock.in("```Python title=\"a\"\r\nx = 1\r\ny = 2", "python"))
                .isEqualTo("x = 1\ny = 2");
    }

    @Test
    void aLongerFenceHoldsAShorterOne() {
        assertThat(CodeBlock.in("````py\nx = '''\n```\n'''\n````\n", "py")).isEqualTo("x = '''\n```\n'''\n");
    }

    @Property
    void whatIsFencedComesOutAsItWentIn(@ForAll String text) {
        String code = text.replace("`", "").replace("~", "").replace("\r", "");

        assertThat(CodeBlock.in("```java\n" + code + "\n```", "java")).isEqualTo(code + "\n");
    }
}
