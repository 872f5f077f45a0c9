package dev.cermin.plan;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** The file of a model in another quantisation than the one that it is in. */
final class QuantFile {
    /** Of a name: the part of several, and the quantisation, as they are commonly written. */
    private static final Pattern ENDING = Pattern.compile(
            "([-._](I?Q\\d\\w*|B?F16|F32|MXFP4))?(-\\d{5}-of-\\d{5})?(\\.gguf)?$", Pattern.CASE_INSENSITIVE);

    private static final Set<String> WHOLE = Set.of("F32", "F16", "BF16");

    private QuantFile() {}

    /** The model's own where it is in that one, or in none yet. */
    static String of(ModelInfo model, String quant) {
        if (model.stored() == null || model.stored().weights().quant().equals(quant)) {
            return model.file();
        }
        Path file = Path.of(model.file());
        String name = ENDING.matcher(String.valueOf(file.getFileName())).replaceFirst("");
        return file.resolveSibling(name + "-" + quant + ".gguf").toString();
    }

    /** How to come by it. */
    static String note(ModelInfo model, String quant) {
        String from = model.stored() == null ? "" : model.stored().weights().quant();
        String how = WHOLE.contains(from)
                ? ""
                : "; better of a file in 16 bits, as of others answers get worse, and it wants --allow-requantize";
        return "%s is in %s: first make the other with llama-quantize %s %s %s%s"
                .formatted(model.file(), from, model.file(), of(model, quant), quant, how);
    }
}
