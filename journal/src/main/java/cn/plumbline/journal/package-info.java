/**
 * The event store: one append-only, gapless, totally ordered, tamper-evident chain of blocks in a MongoDB collection.
 * {@link cn.plumbline.journal.Journal} is its only door. This package knows no domain event, no Axon type and no
 * web type, and no type of the database driver leaves it; the adapter to Axon and the embedded database are packages
 * below it.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.journal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
