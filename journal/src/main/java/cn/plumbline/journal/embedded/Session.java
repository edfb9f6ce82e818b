package cn.plumbline.journal.embedded;

/** What the server knows of one connection, for as long as it is open. */
final class Session {

    private volatile boolean authenticated;

    /** Bytes that came since the last whole request; event loop only. */
    private long unreadBytes;

    boolean isAuthenticated() {
        return authenticated;
    }

    void authenticate() {
        authenticated = true;
    }

    /** Counts bytes on their way to a request, and returns the new sum. */
    long received(int bytes) {
        unreadBytes += bytes;
        return unreadBytes;
    }

    void requestComplete() {
        unreadBytes = 0;
    }
}
