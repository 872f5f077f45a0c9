package dev.cermin.testing;

import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests models that replay what real ones said when the tests were recorded. Needs
 * {@code org.junit.jupiter:junit-jupiter-api}.
 *
 * <pre>{@code
 * class SolverTest {
 *     @RegisterExtension
 *     static final CerminExtension CERMIN = CerminExtension.replaying(Path.of("src/test/recordings"))
 *             .model(() -> OpenAiChatModel.builder().modelName("small").apiKey(key()).build());
 *
 *     @Test
 *     void solves(ChatModel model) {
 *         assertThat(Agent.named("equations", model).run("9x-15=21")).isAccepted();
 *     }
 * }
 * }</pre>
 *
 * <p>Each test, and each round of a repeated or parameterised one, has a file of its own below the folder,
 * {@code com.acme.SolverTest/solves.jsonl}. A run with {@code -Dcermin.record=true} calls the real models and writes the
 * files anew; any other replays them, and needs neither key nor network. To have several models, name them:
 * {@code (ChatModel writer, @ModelName("judge") ChatModel judge)}.
 *
 * <p>Where a test fails, what its models were asked and said is shown with the failure, as a suppressed exception; a
 * runner that is told to trim stack traces cuts it off. Thread-safe.
 */
public final class CerminExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    /** What has models recorded where it is {@code true}: a system property, or a configuration parameter of JUnit. */
    public static final String RECORD = "cermin.record";

    private static final String ONLY = "model";
    private static final Pattern INVOCATION = Pattern.compile("invocation:#(\\d+)");

    private final Path folder;
    private final Map<String, Supplier<? extends ChatModel>> makers = new ConcurrentHashMap<>();
    private final Map<String, ChatModel> real = new ConcurrentHashMap<>();
    private final Map<String, Seen> tests = new ConcurrentHashMap<>();

    /** The models of one test by name, and their calls in order. */
    private record Seen(Map<String, ChatModel> models, List<String> calls) {}

    private CerminExtension(Path folder) {
        this.folder = folder;
    }

    /** @param folder where recordings are kept; a relative one begins where the tests run, with Maven the module */
    public static CerminExtension replaying(Path folder) {
        return new CerminExtension(folder);
    }

    /**
     * The model to be recorded, of parameters without {@link ModelName}. It is made when it is first needed, and closed
     * after the class's tests if it is {@link AutoCloseable}.
     */
    public CerminExtension model(Supplier<? extends ChatModel> maker) {
        return model(ONLY, maker);
    }

    /** The same for a parameter with {@code @ModelName(name)}. */
    public CerminExtension model(String name, Supplier<? extends ChatModel> maker) {
        makers.put(name, maker);
        return this;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ChatModel.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "A recording belongs to a test: take the ChatModel as a parameter of the test or of a @BeforeEach method");
        }
        String name =
                parameter.findAnnotation(ModelName.class).map(ModelName::value).orElse(ONLY);
        Seen seen = tests.computeIfAbsent(
                context.getUniqueId(), id -> new Seen(new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>()));
        return seen.models()
                .computeIfAbsent(
                        name,
                        key -> new WatchedChatModel(
                                name, model(name, context), call -> seen.calls().add(call)));
    }

    private ChatModel model(String name, ExtensionContext context) {
        Path file = file(name, context);
        if (context.getConfigurationParameter(RECORD).map(Boolean::parseBoolean).orElse(false)) {
            return RecordingChatModel.of(real.computeIfAbsent(name, this::made), file);
        }
        if (!Files.exists(file)) {
            throw new ParameterResolutionException(
                    "There is no recording of %s for this test: %s. Run it with -D%s=true, which calls the real model, and keep the file with the sources"
                            .formatted(name.equals(ONLY) ? "the model" : "model '" + name + "'", file, RECORD));
        }
        return ReplayingChatModel.of(file);
    }

    private ChatModel made(String name) {
        Supplier<? extends ChatModel> maker = makers.get(name);
        if (maker == null) {
            throw new ParameterResolutionException(
                    "There is no model '%s' to be recorded; there are %s. Name it: CerminExtension.replaying(folder).model(%s() -> …)"
                            .formatted(
                                    name,
                                    new TreeSet<>(makers.keySet()),
                                    name.equals(ONLY) ? "" : "\"" + name + "\", "));
        }
        return maker.get();
    }

    private Path file(String name, ExtensionContext context) {
        String invocation = INVOCATION
                .matcher(context.getUniqueId())
                .results()
                .map((MatchResult found) -> "-" + found.group(1))
                .collect(Collectors.joining());
        String test = context.getRequiredTestMethod().getName() + invocation + (name.equals(ONLY) ? "" : "." + name);
        return folder.resolve(context.getRequiredTestClass().getName().replace('$', '.'))
                .resolve(test + ".jsonl");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Seen seen = tests.remove(context.getUniqueId());
        if (seen != null && !seen.calls().isEmpty()) {
            context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new ModelCalls(seen.calls())));
        }
    }

    /** Not thrown, only shown. */
    private static final class ModelCalls extends RuntimeException {
        ModelCalls(List<String> calls) {
            super(
                    "what the models of this test were asked:\n"
                            + calls.stream().map(call -> "  " + call).collect(Collectors.joining("\n")),
                    null,
                    false,
                    false);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        boolean nested =
                context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
        if (!nested) {
            for (ChatModel model : real.values()) {
                if (model instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            }
            real.clear();
        }
    }
}
