package dev.cermin.eval.suite;

/** Four worked examples in the style of the four that MATH is usually asked with, written for this project. */
final class MathExamples {
    private static final String EXAMPLES = """
            Problem:
            Find the range of $f(x) = \\sqrt{9-x^2}.$

            Solution:
            The square $x^2$ is $0$ at least, so $9-x^2 \\le 9,$ and under the root it must be $0$ at least. It takes \
            every value from $0$ to $9,$ so $f$ takes every value from $0$ to $3,$ and its range is $\\boxed{[0,3]}.$
            Final Answer: The final answer is $[0,3]$. I hope it is correct.

            Problem:
            The sum of three consecutive odd numbers is $57.$ What is the largest of them?

            Solution:
            Call the middle one $n.$ Then $(n-2)+n+(n+2)=3n=57,$ so $n=19,$ and the largest is $19+2=\\boxed{21}.$
            Final Answer: The final answer is $21$. I hope it is correct.

            Problem:
            Two fair dice are rolled. What is the probability that the sum of the numbers is $9?$

            Solution:
            There are $6\\cdot 6=36$ outcomes. The sum is $9$ for $(3,6),$ $(4,5),$ $(5,4)$ and $(6,3),$ which are $4$ \
            of them. The probability is $\\frac{4}{36}=\\boxed{\\frac{1}{9}}.$
            Final Answer: The final answer is $\\frac{1}{9}$. I hope it is correct.

            Problem:
            If $\\log_2 x = a$ and $\\log_2 y = b,$ express $\\log_2 \\frac{x^3}{y}$ in terms of $a$ and $b.$

            Solution:
            The logarithm of a quotient is a difference, and an exponent comes to the front:
            \\[\\log_2 \\frac{x^3}{y} = 3 \\log_2 x - \\log_2 y = \\boxed{3a-b}.\\]
            Final Answer: The final answer is $3a-b$. I hope it is correct.

            """;

    private MathExamples() {}

    static String before(String problem) {
        return EXAMPLES + "Problem:\n" + problem + "\n\nSolution:";
    }
}
