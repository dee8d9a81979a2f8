/** What a loaded backend says of itself: adapter or processor, and the version of its library; null where it does not. */
export interface LoadedBackend {
  readonly name: string | null;
  readonly version: string | null;
  /** The adapter is a program, not a graphics processor. */
  readonly software: boolean;
}
