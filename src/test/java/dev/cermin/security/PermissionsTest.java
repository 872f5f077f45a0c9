package dev.cermin.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of permissions: every endpoint is in it, and the documentation says the same. */
class PermissionsTest {
    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, POST.class, PUT.class, DELETE.class, PATCH.class);

    @Test
    void everyEndpointHasARowOfItsOwn() {
        JavaClasses ours = new ClassFileImporter()
                .importUrl(
                        Permissions.class.getProtectionDomain().getCodeSource().getLocation());
        List<String> rows = Permissions.ALL.stream()
                .map(row -> row.method() + " " + row.path())
                .toList();
        List<String> endpoints = new ArrayList<>();
        for (JavaClass each : ours) {
            if (each.isAnnotatedWith(Path.class)) {
                each.getMethods()
                        .forEach(method -> METHODS.stream()
                                .filter(method::isAnnotatedWith)
                                .forEach(verb -> endpoints.add(verb.getSimpleName() + " " + path(each, method))));
            }
        }
        assertThat(endpoints).hasSizeGreaterThan(10);
        assertThat(rows)
                .as("rows of security.Permissions")
                .containsAll(endpoints)
                .doesNotHaveDuplicates();
    }

    private static String path(JavaClass each, JavaMethod method) {
        String path = each.getAnnotationOfType(Path.class).value()
                + (method.isAnnotatedWith(Path.class)
                        ? "/" + method.getAnnotationOfType(Path.class).value()
                        : "");
        String clean = ("/" + path).replaceAll("/+", "/").replaceAll("\\{ *(\\w+) *(:([^{}]|\\{[^{}]*})*)?}", "{$1}");
        return clean.length() > 1 && clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
    }

    @Test
    void whatIsNearestToAPathIsMeant() {
        assertThat(Permissions.of("GET", "/api/tasks/1/trace").orElseThrow().reading())
                .isEqualTo("api");
        assertThat(Permissions.of("HEAD", "/api/tasks/1").orElseThrow().path()).isEqualTo("/api/tasks/{id}");
        assertThat(Permissions.of("GET", "/v1/elsewhere").orElseThrow().path()).isEqualTo("/v1/**");
        for (String unknown :
                List.of("/api", "/api/tasks;a/1/trace", "/api/tasks/1/trace/2", "/apis", "/q", "/q/dev")) {
            assertThat(Permissions.of("GET", unknown)).as(unknown).isEmpty();
        }
        assertThat(Permissions.of("DELETE", "/api/tasks/1")).isEmpty();
    }

    @Test
    void theGuideHasTheTable() throws IOException {
        String table = Permissions.ALL.stream()
                .map(row -> "| `%s %s` | %s |"
                        .formatted(
                                row.method().replace("*", "any"),
                                row.path(),
                                row.open()
                                        ? "everybody | | | "
                                        : Roles.ALL.stream()
                                                .map(role -> row.roles().contains(role) ? "yes" : "")
                                                .collect(Collectors.joining(" | "))))
                .map(line -> line.replaceAll(" +", " "))
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(java.nio.file.Path.of("docs/security.md"))).contains(table);
    }
}
