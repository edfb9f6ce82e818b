/**
 * Measures the journal beside the bare driver on the same server, interleaved in one run, so that what is compared is
 * ratios. Blocking is fine here: nothing of this serves anybody.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.benchmarks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
