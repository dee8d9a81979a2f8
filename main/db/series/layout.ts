/** Points, or buckets at higher levels, of a full chunk: 4 to 8 KiB of values, which is what a flush rewrites at most. */
export const chunkLength = 1024;

/** A bucket of level n stands for this many of level n - 1. It divides chunkLength. */
export const bucketFactor = 16;

/** Level 6 has 16^6 points a bucket: 1.7e10 points fit into one chunk of it. */
export const highestLevel = 6;
