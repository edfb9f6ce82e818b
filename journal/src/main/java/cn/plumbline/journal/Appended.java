package cn.plumbline.journal;

import java.time.Instant;

/**
 * Where and when an append was recorded. Its events stand next to each other.
 *
 * @param first position of its first event
 * @param last position of its last event
 * @param recordedAt when the block that holds them was recorded
 */
public record Appended(long first, long last, Instant recordedAt) {}
