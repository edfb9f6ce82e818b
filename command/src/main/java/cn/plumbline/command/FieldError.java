package cn.plumbline.command;

/**
 * A field of a body that is not what the command's schema says.
 *
 * @param pointer where, as a JSON pointer ({@code /unitIds/3})
 * @param code what is wrong, such as {@code WRONG_TYPE}
 * @param zh the Chinese text
 * @param en the English text
 */
public record FieldError(String pointer, String code, String zh, String en) {}
