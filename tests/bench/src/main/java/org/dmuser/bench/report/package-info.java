/** From samples to tables: medians, ratios, goals, and how they are written down. Pure functions of the samples. */
package org.dmuser.bench.report;
