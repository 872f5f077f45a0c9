package dev.cermin.plan;

import dev.cermin.plan.Plan.Card;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as llama-server is told it. Its options have environment variables of the same meaning. */
final class LlamaServer {
    /** Where deploy/llama/compose.yaml publishes it too; 8080 is Cermin's own. */
    static final String PORT = "8081";

    private record Setting(String option, String variable, String value) {}

    private LlamaServer() {}

    static List<String> command(Plan plan) {
        List<String> command = new ArrayList<>(List.of("llama-server"));
        for (Setting setting : settings(plan)) {
            command.add(setting.option());
            command.add(setting.value());
        }
        command.addAll(List.of("--host", "127.0.0.1", "--port", PORT, "--offline", "--no-webui"));
        return command;
    }

    static Map<String, String> environment(Plan plan) {
        Map<String, String> variables = settings(plan).stream()
                .collect(Collectors.toMap(Setting::variable, Setting::value, (a, b) -> b, LinkedHashMap::new));
        // where the containers of deploy/ see the models
        variables.put("LLAMA_ARG_MODEL", "/models/" + Path.of(plan.file()).getFileName());
        return variables;
    }

    private static List<Setting> settings(Plan plan) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("-m", "LLAMA_ARG_MODEL", plan.file()));
        // the server divides its context by the slots
        long context = (long) plan.context() * plan.parallel();
        settings.add(new Setting("-c", "LLAMA_ARG_CTX_SIZE", String.valueOf(context)));
        settings.add(new Setting("-np", "LLAMA_ARG_N_PARALLEL", String.valueOf(plan.parallel())));
        settings.add(new Setting("-ngl", "LLAMA_ARG_N_GPU_LAYERS", gpuLayers(plan)));
        if (plan.cards().size() > 1 && plan.layersOnGpu() > 0) {
            String counts =
                    plan.cards().stream().map(Card::pieces).map(String::valueOf).collect(Collectors.joining(","));
            settings.add(new Setting("-sm", "LLAMA_ARG_SPLIT_MODE", "layer"));
            settings.add(new Setting("-ts", "LLAMA_ARG_TENSOR_SPLIT", counts));
        }
        if (plan.expertsOnCpu() > 0) {
            settings.add(new Setting("--n-cpu-moe", "LLAMA_ARG_N_CPU_MOE", String.valueOf(plan.expertsOnCpu())));
        }
        if (plan.kv() != KvType.F16) {
            settings.add(new Setting("-ctk", "LLAMA_ARG_CACHE_TYPE_K", plan.kv().toString()));
            settings.add(new Setting("-ctv", "LLAMA_ARG_CACHE_TYPE_V", plan.kv().toString()));
        }
        settings.add(new Setting("-fa", "LLAMA_ARG_FLASH_ATTN", plan.flashAttention() ? "on" : "off"));
        return settings;
    }

    /** The output matrix counts as a layer there, and is the first to be moved to a card. */
    private static String gpuLayers(Plan plan) {
        if (plan.layersOnGpu() == 0) {
            return "0";
        }
        return plan.layersOnGpu() == plan.layers() ? "all" : String.valueOf(plan.layersOnGpu() + 1);
    }
}
