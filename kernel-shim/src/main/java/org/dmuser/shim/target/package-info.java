/**
 * The targets that need nobody's help: linear, zero, error.
 *
 * <p>A target maps one piece of a bio at a time: it says where the piece goes, or ends it. Its type reads the words
 * of the table line and checks them, with the kernel's texts in front of what was found.
 */
package org.dmuser.shim.target;
