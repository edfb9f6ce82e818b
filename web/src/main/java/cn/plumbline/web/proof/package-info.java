/**
 * What lets outsiders check the history without trusting this system: signed checkpoints, tiles and proofs over HTTP in
 * the formats of C2SP, and the self-check that walks along the stored chain. One of the few packages that see the
 * journal; it must not know what events mean.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
