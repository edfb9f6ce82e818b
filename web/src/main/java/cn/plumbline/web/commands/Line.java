package cn.plumbline.web.commands;

import org.jspecify.annotations.Nullable;

/**
 * One line of a stream.
 *
 * @param number from 1, blank lines counted
 * @param utf8 its bytes without the line's end; null when it was too long to keep
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Line(long number, byte @Nullable [] utf8) {}
