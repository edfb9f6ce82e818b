package cn.plumbline.journal.embedded;

import static cn.plumbline.journal.embedded.Opened.failure;
import static cn.plumbline.journal.embedded.Opened.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Exceptions;

/** A database for several processes, which know its address and where its secret stands. */
class SharedMongoTest {

    @TempDir
    Path directory;

    private Opened shared() {
        return Opened.with(EmbeddedSettings.shared(directory, 0));
    }

    private static String secret(Opened opened) throws IOException {
        return Files.readString(opened.server.secretFile().orElseThrow()).strip();
    }

    private static MongoClient client(Opened opened, String secret) {
        return MongoClients.create("mongodb://plumbline:" + secret + "@127.0.0.1:" + opened.server.port()
                + "/?serverSelectionTimeoutMS=5000");
    }

    @Test
    void servesWhoReadsItsSecret() throws IOException {
        try (Opened opened = shared();
                MongoClient other = client(opened, secret(opened))) {
            first(opened.collection("journal").insertOne(new Document("_id", 1L)));
            assertThat(first(other.getDatabase("plumbline")
                            .getCollection("journal")
                            .countDocuments()))
                    .isEqualTo(1);
        }
    }

    @Test
    void servesNobodyElse() {
        try (Opened opened = shared();
                MongoClient other = client(opened, Secret.randomText())) {
            assertThat(failure(other.getDatabase("plumbline")
                            .getCollection("journal")
                            .countDocuments()))
                    .isInstanceOf(MongoException.class);
        }
    }

    @Test
    void keepsItsSecretForItsOwnerAndOverARestart() throws IOException {
        String before;
        try (Opened opened = shared()) {
            before = secret(opened);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            opened.server.secretFile().orElseThrow())))
                    .isEqualTo("rw-------");
        }
        try (Opened again = shared();
                MongoClient other = client(again, before)) {
            assertThat(secret(again)).isEqualTo(before);
            assertThat(first(other.getDatabase("plumbline")
                            .getCollection("journal")
                            .countDocuments()))
                    .isZero();
        }
    }

    @Test
    void makesANewSecretWhereTheFileIsGone() throws IOException {
        String before;
        try (Opened opened = shared()) {
            before = secret(opened);
        }
        Files.delete(directory.resolve("plumbline.secret"));
        try (Opened again = shared()) {
            assertThat(secret(again)).isNotEqualTo(before);
        }
    }

    @Test
    void refusesAFileThatHoldsNoSecret() throws IOException {
        shared().close();
        Files.writeString(directory.resolve("plumbline.secret"), "password\n");
        assertThatThrownBy(this::shared)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("plumbline.secret");
    }

    @Test
    void namesAPortThatIsTakenAndLetsGoOfTheDirectory() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Opened.with(EmbeddedSettings.shared(directory, taken.getLocalPort())))
                    .satisfies(failure -> assertThat(Exceptions.unwrap(failure))
                            .isInstanceOf(PortTaken.class)
                            .hasMessageContaining("127.0.0.1:" + taken.getLocalPort()));
        }
        shared().close();
    }

    /** What writers that may have been replaced rely on: a guarded upsert of a document that is guarded fails. */
    @Test
    void refusesAnUpsertWhoseGuardDoesNotHold() {
        try (Opened opened = shared()) {
            first(opened.collection("views").insertOne(new Document("_id", "a").append("epoch", 2L)));
            assertThat(failure(opened.collection("views")
                            .replaceOne(
                                    Filters.and(Filters.eq("_id", "a"), Filters.lte("epoch", 1L)),
                                    new Document("_id", "a").append("epoch", 1L),
                                    new ReplaceOptions().upsert(true))))
                    .isInstanceOfSatisfying(
                            MongoException.class,
                            duplicate -> assertThat(duplicate.getCode()).isEqualTo(11000));
            assertThat(first(opened.collection("views").find())).containsEntry("epoch", 2L);
            first(opened.collection("views")
                    .replaceOne(
                            Filters.and(Filters.eq("_id", "b"), Filters.lte("epoch", 1L)),
                            new Document("_id", "b").append("epoch", 1L),
                            new ReplaceOptions().upsert(true)));
            assertThat(first(opened.collection("views").countDocuments())).isEqualTo(2);
        }
    }
}
