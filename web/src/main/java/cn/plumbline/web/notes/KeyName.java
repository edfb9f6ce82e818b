package cn.plumbline.web.notes;

/** The rules for names of keys, which origins of ours obey too. */
public final class KeyName {

    private KeyName() {}

    /** Whether a name is one: not empty, without spaces of any script, plus signs and control characters. */
    public static boolean isValid(String name) {
        return !name.isEmpty() && name.codePoints().noneMatch(KeyName::isForbidden);
    }

    private static boolean isForbidden(int character) {
        return character == '+'
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character);
    }
}
