package dev.cermin.verify.code;

import dev.cermin.verify.VerifierUnavailableException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where JUnit is: the jars that have the classes needed, wherever the application has them. */
final class JUnit {
    private static final String LAUNCHER = "org/junit/platform/launcher/Launcher.class";

    private static final List<String> NEEDED = List.of(
            LAUNCHER,
            "org/junit/platform/engine/TestEngine.class",
            "org/junit/platform/commons/JUnitException.class",
            "org/junit/jupiter/api/Test.class",
            "org/junit/jupiter/engine/JupiterTestEngine.class",
            "org/opentest4j/AssertionFailedError.class");

    /** What tests like to use, where it is there. */
    private static final List<String> WELCOME = List.of(
            "org/junit/jupiter/params/ParameterizedTest.class",
            "org/apiguardian/api/API.class",
            "org/jspecify/annotations/NullMarked.class",
            "org/assertj/core/api/Assertions.class",
            "net/bytebuddy/ByteBuddy.class");

    private JUnit() {}

    /**
     * The jars to add to those given; none where these have JUnit's launcher.
     *
     * @throws VerifierUnavailableException where the application's class path lacks JUnit
     */
    static Set<Path> classPath(Set<Path> given) {
        Set<Path> found = new LinkedHashSet<>();
        if (has(given)) {
            return found;
        }
        for (String name : NEEDED) {
            URL url = JUnit.class.getClassLoader().getResource(name);
            if (url == null) {
                throw new VerifierUnavailableException(
                        "The verifier 'java-tests' needs JUnit, and the class path lacks " + name
                                + ". Add org.junit.platform:junit-platform-launcher and org.junit.jupiter:junit-jupiter,"
                                + " or name org.junit.platform:junit-platform-console-standalone by the setting 'class-path'.");
            }
            found.add(entry(url, name));
        }
        for (String name : WELCOME) {
            URL url = JUnit.class.getClassLoader().getResource(name);
            if (url != null) {
                found.add(entry(url, name));
            }
        }
        return found;
    }

    private static boolean has(Set<Path> given) {
        URL[] urls = new URL[given.size()];
        try {
            int at = 0;
            for (Path path : given) {
                urls[at++] = path.toUri().toURL();
            }
            try (URLClassLoader loader = new URLClassLoader(urls, null)) {
                return loader.findResource(LAUNCHER) != null;
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static Path entry(URL url, String resource) {
        try {
            if (url.openConnection() instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            String text = url.toString();
            return Path.of(URI.create(text.substring(0, text.length() - resource.length())));
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            throw new VerifierUnavailableException(
                    "JUnit must be in jar files or folders to be seen in the sandbox, and " + url
                            + " is in neither. Name org.junit.platform:junit-platform-console-standalone by the setting"
                            + " 'class-path'.",
                    e);
        }
    }
}
