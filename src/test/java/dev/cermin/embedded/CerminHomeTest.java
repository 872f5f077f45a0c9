package dev.cermin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CerminHomeTest {
    @TempDir
    Path folder;

    @Test
    void aMissingHomeIsCreated() {
        Path wanted = folder.resolve("a").resolve("b");
        assertThat(CerminHome.prepare(wanted.toString(), "the default")).isEqualTo(wanted);
        assertThat(wanted).isEmptyDirectory();
    }

    @Test
    void aHomeBelowAFileIsRefusedWithWhatWhereAndWhatToDo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> CerminHome.prepare(file.resolve("home").toString(), "given by CERMIN_HOME"))
                .isInstanceOf(StoresException.class)
                .hasMessageContaining(file.resolve("home").toString())
                .hasMessageContaining("given by CERMIN_HOME")
                .hasMessageContaining("set CERMIN_HOME to another folder");
        assertThatThrownBy(() -> CerminHome.prepare(file.toString(), "given by CERMIN_HOME"))
                .hasMessageContaining("not a folder");
    }

    @Test
    void aSystemPropertyNamesTheHome() {
        String before =
                System.setProperty("cermin.home", folder.resolve("named").toString());
        try {
            assertThat(CerminHome.resolve()).isEqualTo(folder.resolve("named"));
        } finally {
            if (before == null) {
                System.clearProperty("cermin.home");
            } else {
                System.setProperty("cermin.home", before);
            }
        }
    }
}
