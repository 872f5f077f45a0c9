package consumer;

import dev.cermin.Agent;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Application {
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @Bean(destroyMethod = "close")
    JlamaChatModel model() {
        return JlamaChatModel.builder().folder(BundledModel.unpack(Path.of("target/models"))).build();
    }

    @Bean
    Agent equations(ChatModel model) {
        return Agent.named("equations", model);
    }

    @Bean
    CommandLineRunner solve(Agent equations) {
        return arguments -> {
            for (String equation : arguments) {
                var outcome = equations.run(equation);
                outcome.attempts()
                        .forEach(attempt ->
                                System.out.println(attempt.round() + ": " + attempt.draft().output()));
                System.out.println(outcome.stop().reason() + ": " + outcome.answer().orElseThrow());
            }
        };
    }
}
