package cn.plumbline.journal.axon;

/** Brings recorded events into the form that today's code understands. What is stored stays as it is. */
@FunctionalInterface
public interface Upcasting {

    /**
     * An event's type, version and payload.
     *
     * @param type qualified event name
     * @param version version of the payload's schema
     * @param payload JSON in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Form(String type, String version, byte[] payload) {}

    /**
     * Upcasts one event as it is decoded; pure and quick.
     *
     * @param recorded the form it was recorded in
     * @return the form of today, which may be the same
     */
    Form upcast(Form recorded);

    /**
     * Changes nothing.
     *
     * @return for events that all have their first form
     */
    static Upcasting none() {
        return recorded -> recorded;
    }
}
