package cn.plumbline.web.problems;

/**
 * What is wrong with one field of a body.
 *
 * @param pointer RFC 6901 JSON pointer to the field, empty for the whole body
 * @param code such as {@code REQUIRED} or {@code UNKNOWN_FIELD}
 * @param message for people
 */
public record FieldProblem(String pointer, String code, Message message) {}
