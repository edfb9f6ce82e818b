/** Axon Framework 4 as a contender. Knows of the benchmarks only what a contender needs; must not meet Axon 5. */
@NullMarked
@CheckReturnValue
package cn.plumbline.benchmarks.axon4;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
