package cn.plumbline.benchmarks;

import java.io.IOException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** Axon 5 in the memory of its own process: neither a server nor bytes. */
final class Axon5MemoryContender extends Axon5Contender {

    private Axon5MemoryContender() {}

    public static void main(String[] args) throws IOException {
        Worker.serve(new Axon5MemoryContender());
    }

    @Override
    EventStorageEngine engine(String address, String name) {
        return new InMemoryEventStorageEngine();
    }

    @Override
    Object payload(Sample sample) {
        return sample;
    }

    @Override
    ConsistencyMarker first(String entity) {
        return ConsistencyMarker.ORIGIN;
    }
}
