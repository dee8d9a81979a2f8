import { crc32 } from 'node:zlib';

export interface PngFacts {
  readonly width: number;
  readonly height: number;
  readonly pixelsPerMetre: readonly [number, number];
  readonly texts: Readonly<Record<string, string>>;
  readonly chunks: readonly string[];
}

/** Reads a PNG's chunks by the specification (third edition, 5.3); throws on a wrong checksum. */
export function readPng(png: Uint8Array): PngFacts {
  const bytes = Buffer.from(png);
  const chunks: string[] = [];
  const texts: Record<string, string> = {};
  let size: [number, number] = [0, 0];
  let pixelsPerMetre: [number, number] = [0, 0];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length))
      throw new Error(`checksum of ${type}`);
    chunks.push(type);
    if (type === 'IHDR') size = [data.readUInt32BE(0), data.readUInt32BE(4)];
    if (type === 'pHYs' && data[8] === 1) pixelsPerMetre = [data.readUInt32BE(0), data.readUInt32BE(4)];
    if (type === 'iTXt') {
      const end = data.indexOf(0);
      texts[data.toString('latin1', 0, end)] = data.toString('utf8', end + 5);
    }
    at += length + 12;
  }
  return { width: size[0], height: size[1], pixelsPerMetre, texts, chunks };
}
