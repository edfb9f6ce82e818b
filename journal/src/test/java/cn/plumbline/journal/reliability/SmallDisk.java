package cn.plumbline.journal.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.h2.store.fs.disk.FilePathDisk;

/**
 * A file system of H2 in which files do not grow beyond a limit: as on a full disk, what is there can be overwritten
 * and read, and a write that needs more space stores what still fits and fails. H2 takes what stands before the first
 * colon of a file's name for the name of its file system, so a directory with a colon in its own name can be one.
 *
 * <p>There is one such disk at a time.
 */
public final class SmallDisk extends FilePathWrapper implements AutoCloseable {

    private static final AtomicLong LIMIT = new AtomicLong(Long.MAX_VALUE);
    private static final AtomicLong REFUSED = new AtomicLong();

    private static volatile String scheme = "";

    /** For H2, which makes one for every file. */
    public SmallDisk() {}

    /** A disk below a directory, for as long as it is open; without a limit at first. */
    static SmallDisk in(Path directory) {
        scheme = directory.resolve("disk").toString();
        SmallDisk disk = new SmallDisk();
        FilePath.register(disk);
        disk.unlimited();
        return disk;
    }

    /** A directory on the disk. */
    Path directory(String name) {
        return Path.of(scheme + ":" + name);
    }

    /** From now on no file grows beyond so many bytes. */
    void limit(long bytes) {
        LIMIT.set(bytes);
    }

    void unlimited() {
        LIMIT.set(Long.MAX_VALUE);
    }

    /** How many writes have failed, of all disks so far. */
    long refused() {
        return REFUSED.get();
    }

    @Override
    public void close() {
        FilePath.unregister(this);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    protected FilePath unwrap(String path) {
        return new FilePathDisk().getPath(path);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Limited(getBase().open(mode));
    }

    private static final class Limited extends FileBaseDefault {

        private final FileChannel file;

        Limited(FileChannel file) {
            this.file = file;
        }

        @Override
        public synchronized int write(ByteBuffer bytes, long position) throws IOException {
            long most = Math.max(LIMIT.get(), file.size());
            if (position + bytes.remaining() <= most) {
                return file.write(bytes, position);
            }
            REFUSED.incrementAndGet();
            if (position < most) {
                var unused = file.write(bytes.slice(bytes.position(), (int) (most - position)), position);
            }
            throw new IOException("No space left on device");
        }

        @Override
        public synchronized int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            var unused = file.truncate(size);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            file.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
