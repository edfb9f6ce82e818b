package cn.plumbline.web.proof;

import java.time.Instant;

/**
 * A checkpoint that was kept, and may have been served.
 *
 * @param size of the tree
 * @param note signed
 * @param at when it was signed
 */
public record KeptCheckpoint(long size, String note, Instant at) {}
