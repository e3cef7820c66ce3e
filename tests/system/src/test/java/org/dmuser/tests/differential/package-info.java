/**
 * What a real kernel does with scripts of dmsetup lines, and whether dmuser does the same. The scripts, the records of
 * what the kernel printed, and the runner for the kernel are in {@code tests/differential}. Beside it, random commands,
 * which run in the process of the test, too.
 */
package org.dmuser.tests.differential;
