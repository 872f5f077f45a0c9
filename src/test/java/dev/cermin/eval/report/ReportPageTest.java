package dev.cermin.eval.report;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    @Test
    void samples() throws Exception {
        Path folder = Files.createDirectories(Path.of("target/eval-report"));
        for (int n : new int[] {0, 1, 200, 2000}) {
            long start = System.nanoTime();
            Report report = Report.of(Made.likely(n, 1));
            Files.writeString(folder.resolve(n + ".html"), report.html("http://localhost:8080/traces/{id}"));
            Files.writeString(folder.resolve(n + ".txt"), report.text("http://localhost:8080/traces/{id}"));
            Files.writeString(folder.resolve(n + ".json"), report.json());
            System.out.println(n + " " + (System.nanoTime() - start) / 1e6);
        }
        Files.writeString(
                folder.resolve("cmp.txt"),
                Comparison.of(Report.of(Made.likely(200, 1)), Report.of(Made.likely(200, 2)))
                        .text());
    }
}
