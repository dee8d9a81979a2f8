import { crc32 } from 'node:zlib';
import { EtalonError } from '../../shared/model/errors.ts';
import type { ScaleInvariantGroup } from '../../shared/model/run.ts';
import type { ProgramState } from './engines/program.ts';

/**
 * State of a training run as bytes: "ETLN", version, CRC-32 of all that follows, length of the JSON header (each a 32-bit
 * little-endian word), the header, then weights and momentum as float32. The random streams are functions of the step.
 */
export interface SavedState extends ProgramState {
  /** Updates done: the step that comes next. */
  readonly step: number;
  readonly wallSeconds: number;
  /** Found once, at the start; found again they could come out differently on another device. */
  readonly groups: readonly ScaleInvariantGroup[];
  /** Seed, replica and trained parameters: a checkpoint of another network is refused. */
  readonly network: string;
}

type Header = Omit<SavedState, 'weights' | 'velocity'> & { readonly weightCount: number; readonly hasVelocity: boolean };

const magic = 0x4e4c5445; // "ETLN", little-endian
const version = 1;
const preamble = 16;

export function encodeState({ weights, velocity, ...rest }: SavedState): Uint8Array {
  const header: Header = { ...rest, weightCount: weights.length, hasVelocity: velocity !== null };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const parts = [weights, ...(velocity ? [velocity] : [])].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const bytes = new Uint8Array(preamble + text.length + parts.reduce((sum, part) => sum + part.length, 0));
  let at = preamble;
  for (const part of [text, ...parts]) {
    bytes.set(part, at);
    at += part.length;
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, version, true);
  view.setUint32(12, text.length, true);
  view.setUint32(8, crc32(bytes.subarray(12)), true);
  return bytes;
}

function damaged(reason: string): EtalonError {
  return new EtalonError('training-failed', `The checkpoint cannot be read: ${reason}. Start the run again from the beginning.`);
}

/** Throws `training-failed` for bytes that are no checkpoint, of a newer version, damaged, or of another network. */
export function decodeState(bytes: Uint8Array, network: string): SavedState {
  if (bytes.length < preamble) throw damaged(`it has only ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw damaged('it does not begin as one');
  if (view.getUint32(4, true) !== version)
    throw damaged(`its version is ${view.getUint32(4, true)}, this Etalon reads ${version}`);
  if (view.getUint32(8, true) !== crc32(bytes.subarray(12))) throw damaged('its checksum does not match');
  const headerEnd = preamble + view.getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(preamble, headerEnd))) as Header;
  const { weightCount, hasVelocity, ...rest } = header;
  if (rest.network !== network) throw damaged(`it is of another run (${rest.network}, expected ${network})`);
  // Copied: the header's length need not leave the floats aligned.
  const floats = new Float32Array(bytes.slice(headerEnd).buffer);
  if (floats.length !== weightCount * (hasVelocity ? 2 : 1)) throw damaged('its length does not match its header');
  return { ...rest, weights: floats.slice(0, weightCount), velocity: hasVelocity ? floats.slice(weightCount) : null };
}
