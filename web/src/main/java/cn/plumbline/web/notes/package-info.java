/**
 * Signed notes, verifier keys and checkpoints as C2SP specifies them (signed-note, tlog-checkpoint), with Ed25519. It
 * knows texts and keys only: no journal, no HTTP, no Spring, so that the verifier of the command line starts at once.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.notes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
