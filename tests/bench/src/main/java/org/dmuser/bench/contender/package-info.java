/**
 * What is measured: each contender starts the processes that serve a file, and says which file that is.
 *
 * <p>{@link org.dmuser.bench.contender.Contenders} is the one table of them. Whatever a contender sets up it puts on
 * the {@link org.dmuser.bench.contender.Stage}, which takes it down again in the opposite order, however the run ends.
 */
package org.dmuser.bench.contender;
