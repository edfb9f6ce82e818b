package cn.plumbline.web.notes;

/** A text that is not the note, key or checkpoint that it should be. */
public final class BadNote extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadNote(String message) {
        super(message);
    }
}
