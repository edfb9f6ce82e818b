package cn.plumbline.web.problems;

import java.util.Locale;

/** A text for people, in Chinese and in English. */
public record Message(String zh, String en) {

    /** The text in a language: English where it is asked for, else Chinese. */
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? en : zh;
    }
}
