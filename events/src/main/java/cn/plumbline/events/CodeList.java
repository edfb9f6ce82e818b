package cn.plumbline.events;

/** A value of a code list: an enum constant that people read in Chinese and English. */
public interface CodeList {

    /** The Chinese label. */
    String zh();

    /** The English label. */
    String en();
}
