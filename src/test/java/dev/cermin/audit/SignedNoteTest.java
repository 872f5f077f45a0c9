package dev.cermin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    /** The example of golang.org/x/mod/sumdb/note, which the specification goes by. */
    private static final String OF_THE_REFERENCE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static final String ITS_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private final String pem = NoteSigner.newPem();
    private final NoteSigner signer = NoteSigner.of("cermin.example", pem);

    @Test
    void aNoteOfAnotherImplementationIsRead() {
        NoteKey key = NoteKey.of(ITS_KEY);
        SignedNote note = SignedNote.of(OF_THE_REFERENCE);
        assertThat(note.signedByAny(List.of(key))).isTrue();
        assertThat(note).hasToString(OF_THE_REFERENCE);
        assertThat(key).hasToString(ITS_KEY);
    }

    @Test
    void aCheckpointComesBackAsItWasSigned() {
        MerkleTree tree = new MerkleTree();
        tree.add(new byte[] {1, 2, 3});
        Checkpoint checkpoint = new Checkpoint("cermin.example", tree.size(), tree.root());
        SignedNote read = SignedNote.of(signer.sign(checkpoint.text()).toString());
        assertThat(read.signedByAny(List.of(NoteKey.of(signer.key().toString()))))
                .isTrue();
        assertThat(Checkpoint.of(read.text())).isEqualTo(checkpoint);
    }

    @Test
    void theSameKeyIsTheSameSignerAgain() {
        assertThat(NoteSigner.of("cermin.example", pem).key())
                .hasToString(signer.key().toString());
    }

    @Property(tries = 200)
    void noCharacterOfTheTextCanBeChanged(@ForAll @IntRange(min = 0, max = 59) int place) {
        Checkpoint checkpoint = new Checkpoint("cermin.example", 1234, new byte[32]);
        String text = checkpoint.text();
        int at = place % (text.length() - 1);
        String changed = text.substring(0, at) + (text.charAt(at) == 'B' ? 'C' : 'B') + text.substring(at + 1);
        SignedNote forged = new SignedNote(changed, signer.sign(text).signatures());
        assertThatThrownBy(() -> forged.signedByAny(List.of(signer.key())))
                .hasMessage("The signature of 'cermin.example' is not one of this text");
    }

    @Test
    void aKeyThatIsNotKnownSaysNothing() {
        NoteSigner other = NoteSigner.of("cermin.example", NoteSigner.newPem());
        SignedNote note = other.sign("a text\n");
        assertThat(note.signedByAny(List.of(signer.key()))).isFalse();
        assertThat(note.signedByAny(List.of(signer.key(), other.key()))).isTrue();
    }

    @Test
    void whatIsNoKeyIsRefusedAndNeverRepeated() {
        String garbled = pem.replaceAll("M[A-Za-z0-9]{4}", "AAAAA");
        assertThatThrownBy(() -> NoteSigner.of("log", garbled))
                .hasMessage("The private key is not one of Ed25519 in PKCS #8")
                .hasMessageNotContaining("AAAAA");
        assertThatThrownBy(() -> NoteSigner.of("a log", pem)).hasMessageContaining("A name without spaces");
        assertThatThrownBy(() -> NoteKey.of(ITS_KEY.replace("Peter", "Paul")))
                .hasMessageContaining("its name and bytes give");
        assertThatThrownBy(() -> NoteKey.of("PeterNeumann")).hasMessageContaining("NAME+ID+KEY");
    }
}
