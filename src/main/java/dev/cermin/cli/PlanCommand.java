package dev.cermin.cli;

import dev.cermin.plan.ModelInfos;
import dev.cermin.plan.Plan;
import dev.cermin.plan.PlanException;
import dev.cermin.plan.PlanRequest;
import dev.cermin.plan.Planner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description = {
            "Says what of a large model fits on which cards, and how to start llama-server with it.",
            "It reads sizes from the model's header; nothing is loaded or started."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it can be run so", "1:it can't, or the model can't be read", "2:called wrongly"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  cermin plan llama-3.1-70b --gpus 2x24GiB --context 8192",
            "  cermin plan models/large.gguf --gpus 1x48GiB,1x24GiB --context 32768 --parallel 4 --ram 64GiB"
        },
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODEL",
            description = "A GGUF file, a config.json or its folder, or one of llama-3.1-8b, llama-3.1-70b, "
                    + "llama-3.1-405b, llama-3.2-1b, mixtral-8x7b, mixtral-8x22b, qwen3-30b-a3b")
    private String model = "";

    @Option(
            names = "--gpus",
            required = true,
            paramLabel = "CARDS",
            description = "Such as 24GiB, 2x24GiB, 1x48GiB,2x24GiB, or none")
    private String gpus = "";

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description = "Prompt and answer of one sequence; default: ${DEFAULT-VALUE}")
    private int context = 8192;

    @Option(names = "--parallel", paramLabel = "N", description = "Sequences at once; default: ${DEFAULT-VALUE}")
    private int parallel = 1;

    @Option(
            names = "--quant",
            paramLabel = "TYPE",
            description =
                    "Such as Q4_K_M; default: a file's own, else the most exact of Q8_0 to Q4_K_M that fits whole")
    private @Nullable String quant;

    @Option(
            names = "--kv",
            paramLabel = "TYPE",
            description = "Of the KV cache: f16, q8_0, q4_0; default: f16, or q8_0 where only that fits whole")
    private @Nullable String kv;

    @Option(
            names = "--flash-attention",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Default: on")
    private boolean flashAttention;

    @Option(names = "--ram", paramLabel = "SIZE", description = "The host's memory; default: as much as it takes")
    private @Nullable String ram;

    @Option(names = "--json", description = "Prints the plan as JSON, sizes in bytes")
    private boolean json;

    @Override
    public Integer call() {
        PlanRequest request;
        try {
            request = PlanRequest.parse(gpus, context, parallel, quant, kv, flashAttention, ram);
        } catch (PlanException e) {
            System.err.println("cermin: " + e.getMessage());
            return 2;
        }
        try {
            Plan plan = Planner.plan(ModelInfos.find(model), request);
            System.out.println(json ? plan.json() : plan.text());
            return plan.fit() == Plan.Fit.NONE ? 1 : 0;
        } catch (PlanException e) {
            System.err.println("cermin: " + e.getMessage());
            return 1;
        }
    }
}
