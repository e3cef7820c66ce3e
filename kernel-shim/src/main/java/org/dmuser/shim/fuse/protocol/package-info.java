/**
 * The bytes of FUSE 7.x, as far as a mount of one file, or of a directory of channels, needs them. No system calls, no
 * state; no allocation but in INIT.
 *
 * <p>Each structure of the kernel's is a class of static methods on a raw address, where the structure begins: a
 * request is an {@link org.dmuser.shim.fuse.protocol.InHeader} with an {@code ...In} behind it, its answer an {@link
 * org.dmuser.shim.fuse.protocol.OutHeader} with an {@code ...Out} behind it. All numbers are in native byte order.
 * Nobody checks an address: who reads a structure has found before that the request is long enough ({@link
 * org.dmuser.shim.fuse.protocol.Opcode#bodyLength}), and that {@code len} is what was read.
 *
 * <pre>
 *   long body = in + InHeader.LENGTH;
 *   switch (InHeader.opcode(in)) {
 *       case Opcode.GETATTR:
 *           OutHeader.putOk(out, InHeader.unique(in), AttrOut.LENGTH);
 *           AttrOut.clear(out + OutHeader.LENGTH);
 *           ...
 * </pre>
 *
 * <p>{@link org.dmuser.shim.fuse.protocol.Negotiation} is what to answer to INIT.
 *
 * <p>Source of the layouts: {@code include/uapi/linux/fuse.h} of Linux 6.18 (7.45). Each has one size since 7.23, so
 * older kernels are refused instead of served with another one.
 */
package org.dmuser.shim.fuse.protocol;
