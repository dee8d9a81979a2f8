import { crc32 } from 'node:zlib';

const inchesPerMetre = 1 / 0.0254;
const signatureLength = 8;
const headerChunkLength = 25;

/**
 * A PNG with its resolution (pHYs) and texts (iTXt, UTF-8, uncompressed) after the header chunk. PNG specification,
 * third edition, 11.3.3 and 11.3.4.
 */
export function addPngChunks(png: Uint8Array, dpi: number, texts: Readonly<Record<string, string>>): Uint8Array {
  const head = signatureLength + headerChunkLength;
  const added = [physicalSize(dpi), ...Object.entries(texts).map(([keyword, text]) => internationalText(keyword, text))];
  return Buffer.concat([png.subarray(0, head), ...added, png.subarray(head)]);
}

function physicalSize(dpi: number): Buffer {
  const data = Buffer.alloc(9);
  const pixelsPerMetre = Math.round(dpi * inchesPerMetre);
  data.writeUInt32BE(pixelsPerMetre, 0);
  data.writeUInt32BE(pixelsPerMetre, 4);
  data.writeUInt8(1, 8);
  return chunk('pHYs', data);
}

function internationalText(keyword: string, text: string): Buffer {
  // Keyword, end, not compressed, method 0, no language, no translated keyword, text.
  return chunk('iTXt', Buffer.concat([Buffer.from(keyword, 'latin1'), Buffer.from([0, 0, 0, 0, 0]), Buffer.from(text)]));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}
