/** The rows of the benchmark, and fio, which measures them. */
package org.dmuser.bench.fio;
