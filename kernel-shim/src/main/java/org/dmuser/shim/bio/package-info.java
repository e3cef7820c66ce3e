/**
 * The unit of work, {@link org.dmuser.shim.bio.Bio}, and what takes one, {@link org.dmuser.shim.bio.BlockDevice}.
 *
 * <p>A bio goes down by {@link org.dmuser.shim.bio.Submission#submit}, from device to device, and comes back by one
 * upward call, {@link org.dmuser.shim.bio.Bio#end}, from whatever thread has the result. Whoever wants to hear of the
 * end pushes itself on the bio on the way down and is called, last pushed first, on the way up.
 *
 * <p>Submission is depth first and uses no recursion: what a device submits while it serves a bio runs after it has
 * returned, before anything that was waiting already.
 */
package org.dmuser.shim.bio;
