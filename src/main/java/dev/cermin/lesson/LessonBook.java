package dev.cermin.lesson;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lessons by agent and tenant, the one drawn longest ago first. Not thread-safe. */
final class LessonBook {
    private record Scope(String agent, String tenant) {}

    private final int capacity;
    private final Map<Scope, LinkedHashMap<String, Lesson>> lessons = new HashMap<>();
    private final Set<String> revoked = new LinkedHashSet<>();

    LessonBook(int capacity) {
        this.capacity = capacity;
    }

    /** Folds in what a file says, or what was just written to it. */
    void apply(LessonLine line) {
        if (line.revoked() != null) {
            revoked.add(line.revoked());
            lessons.values().forEach(kept -> kept.remove(line.revoked()));
        } else if (line.learned() != null && !revoked.contains(line.learned().id())) {
            Lesson lesson = line.learned();
            LinkedHashMap<String, Lesson> kept =
                    lessons.computeIfAbsent(new Scope(lesson.agent(), lesson.tenant()), scope -> new LinkedHashMap<>());
            kept.putLast(lesson.id(), lesson);
            while (kept.size() > capacity) {
                kept.pollFirstEntry();
            }
        }
    }

    /** The lessons of one agent and tenant, the one drawn last first. */
    List<Lesson> of(String agent, String tenant) {
        LinkedHashMap<String, Lesson> kept = lessons.get(new Scope(agent, tenant));
        return kept == null ? List.of() : List.copyOf(kept.sequencedValues().reversed());
    }

    /** The lesson that is kept under this one's id, if it is. */
    @Nullable
    Lesson same(Lesson lesson) {
        LinkedHashMap<String, Lesson> kept = lessons.get(new Scope(lesson.agent(), lesson.tenant()));
        return kept == null ? null : kept.get(lesson.id());
    }

    boolean keeps(String id) {
        return lessons.values().stream().anyMatch(kept -> kept.containsKey(id));
    }

    boolean isRevoked(String id) {
        return revoked.contains(id);
    }

    void dropExpired(String agent, String tenant, Instant now) {
        LinkedHashMap<String, Lesson> kept = lessons.get(new Scope(agent, tenant));
        if (kept != null) {
            kept.values().removeIf(lesson -> lesson.expired(now));
        }
    }

    void dropExpired(Instant now) {
        lessons.values().forEach(kept -> kept.values().removeIf(lesson -> lesson.expired(now)));
        lessons.values().removeIf(Map::isEmpty);
    }

    /** How many lines say it all. */
    int size() {
        return revoked.size() + lessons.values().stream().mapToInt(Map::size).sum();
    }

    /** The whole book: applied in this order to an empty one, they make it. */
    List<LessonLine> lines() {
        List<LessonLine> lines = new ArrayList<>();
        revoked.forEach(id -> lines.add(LessonLine.revoked(id)));
        lessons.values().forEach(kept -> kept.values().forEach(lesson -> lines.add(LessonLine.learned(lesson))));
        return lines;
    }
}
