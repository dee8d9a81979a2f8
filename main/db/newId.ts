import { monotonicFactory } from 'ulid';

/** A new ULID: 26 letters and digits that sort by time of making, also within one millisecond. */
export const newId: () => string = monotonicFactory();
