package cn.plumbline.web.verify;

import java.io.PrintStream;

/** Tells what was checked and what was found, Chinese first; counts what is wrong. */
public final class Findings {

    /** More are counted, not told. */
    private static final int TOLD_MAX = 20;

    private final PrintStream out;
    private long wrong;

    /** Tells it on a stream. */
    public Findings(PrintStream out) {
        this.out = out;
    }

    void holds(String zh, String en) {
        out.println("✓ " + zh + " " + en);
    }

    void note(String zh, String en) {
        out.println("· " + zh + " " + en);
    }

    void wrong(String zh, String en) {
        wrong++;
        if (wrong <= TOLD_MAX) {
            out.println("✗ " + zh + " " + en);
        }
    }

    /** Tells the sum. */
    public void close() {
        if (wrong == 0) {
            out.println("结论：全部相符。 All of it holds.");
        } else {
            out.println("结论：" + wrong + " 处不符。 Findings: " + wrong + ".");
        }
        out.flush();
    }

    /** How much is wrong. */
    public long count() {
        return wrong;
    }
}
