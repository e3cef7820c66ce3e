/**
 * What a person implements to make a block device.
 *
 * <pre>
 *   channel -> HandlerDispatcher -> [FilterBlockHandler ...] -> BlockHandler        this package: the interfaces
 *                                                               AsyncBlockHandler -> Request
 * </pre>
 *
 * <p>A {@link org.dmuser.sdk.BlockHandler} answers by returning; an {@link org.dmuser.sdk.AsyncBlockHandler} answers
 * later, through a {@link org.dmuser.sdk.Request}. Both are found by name through a
 * {@link org.dmuser.sdk.HandlerProvider}, or by their class name, and filters through a
 * {@link org.dmuser.sdk.FilterProvider}.
 *
 * <p>Threads: a handler has none of its own. It is called by the threads of the channels it serves, or by those that
 * use the device when it runs in the same process; how many at a time, its {@link org.dmuser.sdk.ThreadModel} says.
 */
package org.dmuser.sdk;
