/**
 * {@code pattern}: a read-only disk whose content says where it is.
 *
 * <p>Threads: any number; it has no state.
 */
package org.dmuser.examples.pattern;
