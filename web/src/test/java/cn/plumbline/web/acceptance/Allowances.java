package cn.plumbline.web.acceptance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What reactive threads may do in tests although it looks like blocking. Everything else fails where it happens, and is
 * kept here too, since a failure may be swallowed on its way up.
 */
public final class Allowances implements BlockHoundIntegration {

    private static final List<BlockingOperationError> VIOLATIONS = new CopyOnWriteArrayList<>();

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Random bytes are read from a device that never waits once the machine is up.
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully");
        // Held for the moment in which a connection is taken from the driver's pool or given back.
        builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock");
        builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "withLock");
        builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "withInterruptibleLock");
        // Held for the moment in which Netty hands out memory for what is read from a connection.
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
        // Held for the moment in which the next id is made.
        builder.allowBlockingCallsInside(
                "com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory$UuidFunction", "apply");
        builder.allowBlockingCallsInside("com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory", "create");
        builder.allowBlockingCallsInside("java.util.UUID", "randomUUID");
        // Held for the moment in which a type's reader or writer is built, once in a process.
        builder.allowBlockingCallsInside(
                "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer");
        builder.blockingMethodCallback(Allowances::violated);
    }

    private static void violated(BlockingMethod method) {
        BlockingOperationError error = new BlockingOperationError(method);
        VIOLATIONS.add(error);
        throw error;
    }

    /** The calls that blocked a reactive thread since this was last asked. */
    static List<BlockingOperationError> violations() {
        List<BlockingOperationError> found = List.copyOf(VIOLATIONS);
        VIOLATIONS.removeAll(found);
        return found;
    }
}
