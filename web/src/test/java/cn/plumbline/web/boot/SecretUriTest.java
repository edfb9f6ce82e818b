package cn.plumbline.web.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.web.boot.SecretUri.SecretUnusable;
import com.mongodb.ConnectionString;
import com.mongodb.MongoCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretUriTest {

    /** Every character that means something in an address. */
    private static final String SECRET = "a/b?c:d@e+f g%h密";

    @TempDir
    private Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content);
    }

    private static MongoCredential credential(ConnectionString address) {
        return Objects.requireNonNull(address.getCredential());
    }

    private static String password(ConnectionString address) {
        return new String(Objects.requireNonNull(credential(address).getPassword()));
    }

    @Test
    void theAddressStaysAsItIsWithoutAFile() {
        assertThat(SecretUri.connection("mongodb://a:b@one,two/records?replicaSet=rs", null)
                        .getConnectionString())
                .isEqualTo("mongodb://a:b@one,two/records?replicaSet=rs");
    }

    @Test
    void theSecretIsThatOfTheUserInTheAddress() throws IOException {
        ConnectionString address =
                SecretUri.connection("mongodb://records@one:1,two:2/?replicaSet=rs&authSource=users", file(SECRET));
        assertThat(address.getHosts()).containsExactly("one:1", "two:2");
        assertThat(address.getRequiredReplicaSetName()).isEqualTo("rs");
        assertThat(credential(address).getUserName()).isEqualTo("records");
        assertThat(credential(address).getSource()).isEqualTo("users");
        assertThat(password(address)).isEqualTo(SECRET);
    }

    @Test
    void withoutAUserItIsOurs() throws IOException {
        ConnectionString address = SecretUri.connection("mongodb://127.0.0.1:27717", file(SECRET + "\n"));
        assertThat(credential(address).getUserName()).isEqualTo("plumbline");
        assertThat(credential(address).getSource()).isEqualTo("admin");
        assertThat(password(address)).isEqualTo(SECRET);
    }

    @Test
    void twoPasswordsAreRefusedWithoutShowingThem() throws IOException {
        Path file = file(SECRET);
        assertThatThrownBy(() -> SecretUri.connection("mongodb://a:hidden@one", file))
                .isInstanceOf(SecretUnusable.class)
                .hasMessageNotContainingAny("hidden", SECRET);
    }

    @Test
    void aFileWithoutASecretIsNamed() throws IOException {
        Path empty = file(" \n");
        assertThatThrownBy(() -> SecretUri.connection("mongodb://one", empty))
                .isInstanceOf(SecretUnusable.class)
                .hasMessageContaining(empty.toString());
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> SecretUri.connection("mongodb://one", none))
                .isInstanceOf(SecretUnusable.class)
                .hasMessageContaining(none.toString());
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutTheSecret() throws IOException {
        Path file = file(SECRET);
        assertThatThrownBy(() -> SecretUri.connection("one:27017", file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }
}
