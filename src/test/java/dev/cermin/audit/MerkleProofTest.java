package dev.cermin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Proofs over the log: what holds is shown to hold, and nothing else. */
class MerkleProofTest {
    private final Map<String, byte[]> nodes = new HashMap<>();
    private final List<byte[]> roots = new ArrayList<>();
    private final MerkleProof.Nodes source = (level, index) -> nodes.get(level + "/" + index);

    @Property(tries = 150)
    void everyLeafIsShownToBeThereAndNoOther(@ForAll @IntRange(min = 1, max = 300) int size, @ForAll int any) {
        grow(size);
        byte[] root = roots.get(size);
        int index = Math.floorMod(any, size);
        List<byte[]> path = MerkleProof.inclusion(index, size, source);
        assertThat(MerkleProof.root(leaf(index), index, size, path)).isEqualTo(root);
        assertThat(MerkleProof.root(size, source)).isEqualTo(root);
        assertThat(MerkleProof.root(leaf(index + 1), index, size, path)).isNotEqualTo(root);
        for (int other : new int[] {index - 1, index + 1, size}) {
            assertThat(MerkleProof.root(leaf(index), other, size, path)).isNotEqualTo(root);
        }
        for (int i = 0; i < path.size(); i++) {
            assertThat(MerkleProof.root(leaf(index), index, size, flipped(path, i)))
                    .isNotEqualTo(root);
        }
    }

    @Property(tries = 300)
    void aLogIsShownToGoOnFromItsBeginningAndFromNothingElse(
            @ForAll @IntRange(min = 1, max = 300) int to, @ForAll int any) {
        grow(to);
        int from = 1 + Math.floorMod(any, to);
        List<byte[]> path = MerkleProof.consistency(from, to, source);
        assertThat(MerkleProof.isConsistent(from, roots.get(from), to, roots.get(to), path))
                .isTrue();
        if (from < to) {
            assertThat(MerkleProof.isConsistent(from, roots.get(from - 1), to, roots.get(to), path))
                    .isFalse();
            assertThat(MerkleProof.isConsistent(from, roots.get(from), to, roots.get(to - 1), path))
                    .isFalse();
        }
        for (int i = 0; i < path.size(); i++) {
            assertThat(MerkleProof.isConsistent(from, roots.get(from), to, roots.get(to), flipped(path, i)))
                    .isFalse();
        }
    }

    /** The values of RFC 9162's own example tree and of Certificate Transparency's test vectors. */
    @Example
    void theRootsAreThoseOfCertificateTransparency() {
        MerkleTree tree = new MerkleTree();
        assertThat(hex(tree.root())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        List<String> leaves = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        leaves.forEach(leaf -> tree.add(HexFormat.of().parseHex(leaf)));
        assertThat(hex(tree.root())).isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Example
    void aCheckpointIsSignedAndReadBackAndNotByAnother() {
        grow(5);
        NoteSigner signer = NoteSigner.of("example.com/log", NoteSigner.newPem());
        NoteSigner other = NoteSigner.of("example.com/log", NoteSigner.newPem());
        Checkpoint checkpoint = new Checkpoint("example.com/log", 5, roots.get(5));
        SignedNote note = signer.sign(checkpoint.text());
        NoteReader.Notes read = NoteReader.read(note + "\n" + note + "\ncut off\n7\n");
        assertThat(read.notes()).containsExactly(note, note);
        assertThat(read.torn()).isEqualTo(1);
        assertThat(Checkpoint.of(note.text())).isEqualTo(checkpoint);
        assertThat(note.signedByAny(List.of(NoteKey.of(signer.key().toString()))))
                .isTrue();
        assertThat(note.signedByAny(List.of(other.key()))).isFalse();
        SignedNote forged = new SignedNote(note.text().replace("\n5\n", "\n4\n"), note.signatures());
        assertThatThrownBy(() -> forged.signedByAny(List.of(signer.key())))
                .hasMessageContaining("not one of this text");
        assertThat(signer.toString()).doesNotContain("PRIVATE");
    }

    private void grow(int size) {
        MerkleTree tree = new MerkleTree();
        nodes.clear();
        roots.clear();
        roots.add(tree.root());
        for (int i = 0; i < size; i++) {
            tree.add(leaf(i), (level, index, hash) -> nodes.put(level + "/" + index, hash));
            roots.add(tree.root());
        }
    }

    private static byte[] leaf(int index) {
        return ("leaf " + index).getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> flipped(List<byte[]> path, int at) {
        List<byte[]> other = new ArrayList<>(path);
        byte[] hash = path.get(at).clone();
        hash[7] ^= 1;
        other.set(at, hash);
        return other;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
