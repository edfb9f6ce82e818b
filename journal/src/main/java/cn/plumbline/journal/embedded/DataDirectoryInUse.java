package cn.plumbline.journal.embedded;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Another process has the data directory open. The message, Chinese first and English second, names that process as far
 * as it has described itself.
 */
public final class DataDirectoryInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OwnerFile.Owner owner;

    DataDirectoryInUse(Path directory, OwnerFile.Owner owner) {
        super(message(directory, owner));
        this.owner = owner;
    }

    /** The process id of the owner; empty when it has not yet described itself. */
    public OptionalLong pid() {
        return owner.pid();
    }

    /** The HTTP port of the owner; empty until it is known. */
    public OptionalInt httpPort() {
        return owner.httpPort();
    }

    private static String message(Path directory, OwnerFile.Owner owner) {
        String chinese = (owner.pid().isPresent() ? "进程号 " + owner.pid().getAsLong() : "进程号未知")
                + (owner.httpPort().isPresent() ? "，HTTP 端口 " + owner.httpPort().getAsInt() : "");
        String english = (owner.pid().isPresent() ? "pid " + owner.pid().getAsLong() : "pid unknown")
                + (owner.httpPort().isPresent()
                        ? ", HTTP port " + owner.httpPort().getAsInt()
                        : "");
        return "数据目录 " + directory + " 正被另一个准绳进程使用（" + chinese + "）。请先停止该进程，或改用另一个数据目录。"
                + " / The data directory " + directory + " is in use by another Plumbline process (" + english
                + "). Stop that process first, or choose another data directory.";
    }
}
