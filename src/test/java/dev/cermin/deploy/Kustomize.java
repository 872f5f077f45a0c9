package dev.cermin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * As much of kustomize as deploy/ uses: resources, components, patches of both kinds, replicas and the names of
 * generated maps. What it doesn't know, it refuses.
 */
final class Kustomize {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "patches",
            "replicas",
            "labels",
            "images",
            "configMapGenerator",
            "secretGenerator");

    private final List<ObjectNode> documents = new ArrayList<>();

    private Kustomize() {}

    /** What {@code kubectl kustomize FOLDER} gives, but for labels, images and namespaces. */
    static List<ObjectNode> build(Path folder) {
        Kustomize kustomize = new Kustomize();
        kustomize.add(folder);
        return kustomize.documents;
    }

    private void add(Path folder) {
        ObjectNode file = Yaml.read(folder.resolve("kustomization.yaml")).getFirst();
        Set<String> unknown = new TreeSet<>();
        file.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new AssertionError(folder + ": not known here: " + unknown);
        }
        int before = documents.size();
        for (JsonNode resource : file.path("resources")) {
            Path path = folder.resolve(resource.textValue());
            if (Files.isDirectory(path)) {
                add(path);
            } else {
                documents.addAll(Yaml.read(path));
            }
        }
        generate(folder, file.path("configMapGenerator"), "ConfigMap");
        generate(folder, file.path("secretGenerator"), "Secret");
        // a component changes what comes before it, a kustomization what it names
        List<ObjectNode> own = file.path("kind").asText().equals("Component")
                ? documents
                : documents.subList(before, documents.size());
        file.path("patches").forEach(patch -> apply(folder, patch, own));
        for (JsonNode replicas : file.path("replicas")) {
            own.stream()
                    .filter(d -> name(d).equals(replicas.get("name").textValue()) && d.has("spec"))
                    .filter(d -> kind(d).equals("Deployment"))
                    .forEach(d -> ((ObjectNode) d.get("spec")).set("replicas", replicas.get("count")));
        }
        file.path("components").forEach(component -> add(folder.resolve(component.textValue())));
    }

    private void generate(Path folder, JsonNode generators, String kind) {
        for (JsonNode generator : generators) {
            ObjectNode data = Yaml.MAPPER.createObjectNode();
            for (JsonNode literal : generator.path("literals")) {
                String[] entry = literal.textValue().split("=", 2);
                data.put(entry[0], entry[1]);
            }
            for (JsonNode file : generator.path("files")) {
                Path path = folder.resolve(file.textValue());
                if (!Files.isRegularFile(path)) {
                    throw new AssertionError("There is no " + path);
                }
                data.put(path.getFileName().toString(), "");
            }
            ObjectNode made = Yaml.MAPPER.createObjectNode();
            made.put("apiVersion", "v1").put("kind", kind);
            made.putObject("metadata").set("name", generator.get("name"));
            made.set(kind.equals("Secret") ? "stringData" : "data", data);
            documents.add(made);
        }
    }

    private static void apply(Path folder, JsonNode patch, List<ObjectNode> documents) {
        List<JsonNode> parts = new ArrayList<>();
        if (patch.has("path")) {
            parts.addAll(Yaml.read(folder.resolve(patch.get("path").textValue())));
        } else {
            parts.add(Yaml.value(patch.get("patch").textValue()));
        }
        for (JsonNode part : parts) {
            JsonNode target = patch.has("target") ? patch.get("target") : itself(part);
            List<ObjectNode> chosen =
                    documents.stream().filter(d -> matches(target, d)).toList();
            if (chosen.isEmpty()) {
                throw new AssertionError(folder + ": nothing is patched by " + patch);
            }
            for (ObjectNode document : chosen) {
                if (part instanceof ArrayNode operations) {
                    operations.forEach(operation -> operate(document, operation));
                } else {
                    ObjectNode change = part.deepCopy();
                    change.remove(List.of("apiVersion", "kind", "metadata"));
                    merge(document, change);
                }
            }
        }
    }

    private static JsonNode itself(JsonNode part) {
        ObjectNode target = Yaml.MAPPER.createObjectNode();
        target.set("kind", part.get("kind"));
        target.set("name", part.at("/metadata/name"));
        return target;
    }

    private static boolean matches(JsonNode target, ObjectNode document) {
        boolean matches = kind(document).equals(target.get("kind").textValue());
        if (target.has("name")) {
            matches &= name(document).matches(target.get("name").textValue());
        }
        if (target.has("labelSelector")) {
            String[] label = target.get("labelSelector").textValue().split("=", 2);
            matches &= document.path("metadata")
                    .path("labels")
                    .path(label[0])
                    .asText()
                    .equals(label[1]);
        }
        return matches;
    }

    /** Of RFC 6902, what changes a field that is there. */
    private static void operate(ObjectNode document, JsonNode operation) {
        String path = operation.get("path").textValue();
        int last = path.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) document.at(path.substring(0, last));
        String field = path.substring(last + 1);
        if (!parent.has(field)) {
            throw new AssertionError(name(document) + " has no " + path);
        }
        switch (operation.get("op").textValue()) {
            case "remove" -> parent.remove(field);
            case "replace" -> parent.set(field, operation.get("value"));
            default -> throw new AssertionError("Not known here: " + operation);
        }
    }

    /** Strategic merge: maps by key, lists of named things by name, null removes. */
    private static void merge(ObjectNode into, JsonNode change) {
        change.properties().forEach(entry -> {
            JsonNode there = into.get(entry.getKey());
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                into.remove(entry.getKey());
            } else if (there instanceof ObjectNode object && value.isObject()) {
                merge(object, value);
            } else if (there instanceof ArrayNode list && named(value) && named(there)) {
                mergeList(list, value);
            } else {
                into.set(entry.getKey(), value.deepCopy());
            }
        });
    }

    private static void mergeList(ArrayNode into, JsonNode change) {
        Map<String, ObjectNode> byName = new LinkedHashMap<>();
        into.forEach(item -> byName.put(item.get("name").textValue(), (ObjectNode) item));
        for (JsonNode item : change) {
            ObjectNode there = byName.get(item.get("name").textValue());
            if (there == null) {
                into.add(item.deepCopy());
            } else {
                merge(there, item);
            }
        }
    }

    private static boolean named(JsonNode list) {
        return list.isArray()
                && Yaml.all(list).allMatch(item -> item.path("name").isTextual());
    }

    static String kind(JsonNode document) {
        return document.path("kind").asText();
    }

    static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }
}
