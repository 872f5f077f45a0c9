package dev.cermin.model;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Locale;

/**
 * A named model.
 *
 * @param name as agents name it
 * @param provider who answers: {@code jlama}, {@code openai}, …
 * @param chat the model itself
 * @param price of its tokens; default free
 */
public record Model(String name, String provider, ChatModel chat, Price price) {
    /** A model of the application's own, free of charge. */
    public static Model of(String name, ChatModel chat) {
        return new Model(name, chat.provider().name().toLowerCase(Locale.ROOT), chat, Price.FREE);
    }
}
