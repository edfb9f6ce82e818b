/**
 * The embedded database: a MongoDB server inside the process, on one file or in memory, so that one command starts a
 * working system. It keeps what an acknowledgement promises (an acknowledged write to a durable collection survives
 * {@code kill -9}), lets one process only at its file, and answers on the loopback interface those connections only
 * that know the secret of this start. It must not know what is stored: no block, event, view or token.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.journal.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
