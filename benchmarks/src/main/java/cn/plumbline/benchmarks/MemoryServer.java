package cn.plumbline.benchmarks;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;

/** The wire server with everything in memory, in a process of its own: prints its address, and ends with its input. */
final class MemoryServer {

    private MemoryServer() {}

    public static void main(String[] args) throws IOException {
        MongoServer server = new MongoServer(new MemoryBackend());
        System.out.println(server.bindAndGetConnectionString());
        System.out.flush();
        while (System.in.read() >= 0) {
            // nobody has anything to say to it
        }
        server.shutdownNow();
    }
}
