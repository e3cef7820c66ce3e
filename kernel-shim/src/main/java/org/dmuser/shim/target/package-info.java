/**
 * The targets that need nobody's help.
 *
 * <pre>
 *   linear               a run of sectors of another device
 *   striped              chunks of several devices in turn
 *   zero, error          reads as zeroes; fails
 *   delay                late: what each class of bios waits for, and those that do, are its DelayClasses
 *   dust                 some blocks are bad (BadBlocks), as it is told to have them (DustMessages)
 *   flakey               at times (FlakeyPhases) loses, fails or corrupts (FlakeyFeatures) what comes
 * </pre>
 *
 * <p>A target maps one piece of a bio at a time: it says where the piece goes, or keeps it, or ends it. Its type reads
 * the words of the table line by {@link org.dmuser.shim.target.Arguments} and checks them, in the kernel's order and
 * with the kernel's texts in front of what was found.
 *
 * <p>Bios come on any thread. A target that keeps state for them has a lock of its own, with no other inside, which is
 * not held while a bio is submitted or ended.
 */
package org.dmuser.shim.target;
