package cn.plumbline.journal;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What may take a lock on a reactive thread. The driver's pool hands its work over in a queue with locks that are held
 * for a few instructions. A detector that stops a thread in the middle of that, which happens when both ends meet,
 * loses the queue's wake-up, and the pool serves nobody any more.
 */
public final class Allowances implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Held for the moment in which Netty hands out memory for what is read from a connection.
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
        builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock");
        builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "withLock");
        builder.allowBlockingCallsInside("com.mongodb.internal.Locks", "withInterruptibleLock");
    }
}
