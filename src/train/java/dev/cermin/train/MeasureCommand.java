package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Family.Split;
import dev.cermin.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "measure",
        description = {
            "Measures trained models on problems that neither they nor their makers saw, and prints the table.",
            "All of the loop is the model's own: drafts, verdicts and corrections, all greedy."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class MeasureCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FOLDER", description = "Of runs, each of another seed.")
    private List<Path> folders = List.of();

    @Option(names = "--problems", description = "Of each family, for each model.")
    private int problems = 500;

    @Option(names = "--problem-seed", description = "Which problems these are; a model's own seed is added to it.")
    private long problemSeed = 2026;

    @Option(names = "--device", description = "As libtorch names it: cpu or cuda.")
    private String device = "cpu";

    @Option(names = "--out", description = "A Markdown file for the tables.", defaultValue = Option.NULL_VALUE)
    private Path out;

    @Override
    public Integer call() throws IOException {
        torch.set_num_threads(Runtime.getRuntime().availableProcessors());
        Map<Family, Marks> marks = new EnumMap<>(Family.class);
        Map<Family, Controls> controls = new EnumMap<>(Family.class);
        for (Path folder : folders) {
            Tensors checkpoint = Tensors.read(folder.resolve(Checkpoint.FILE));
            long seed = Long.parseLong(checkpoint.metadata().getOrDefault("seed", "0"));
            Llama model = new Llama(Checkpoint.shape(checkpoint), seed, new Device(device));
            Checkpoint.restore(checkpoint, model.weights(), "");
            Decoder decoder = new Decoder(model);
            for (Family family : Family.values()) {
                List<Problem> asked = Exam.problems(family, Split.TEST, problems, problemSeed + seed);
                Marks own = new Exam(decoder).sit(asked);
                System.err.println("seed " + seed + "  " + own.line(family.key()));
                marks.merge(family, own, Marks::plus);
                controls.merge(family, Controls.of(decoder, asked, own), Controls::plus);
            }
        }
        Results results = new Results(folders.size(), marks, controls);
        System.out.print(results.shown());
        if (out != null) {
            Files.writeString(out, results.markdown());
        }
        return 0;
    }
}
