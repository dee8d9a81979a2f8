/**
 * Whether the bytes can be one complete MessagePack value: walks the headers and compares what they announce with what is
 * there. The decoder takes memory for a list as soon as it reads its header, so five foreign bytes could ask for gigabytes;
 * since each item needs at least one byte, all announced items together can never be more than the bytes that follow.
 */
export function announcesNoMoreThanItHolds(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;
  let open = 1;
  while (open > 0) {
    if (open > bytes.length - position) return false;
    const head = bytes[position]!;
    const { headerBytes, payload } = shapeOf(head);
    if (position + headerBytes > bytes.length) return false;
    const announced = payload.lengthBytes === 0 ? payload.fixed : readLength(view, position + 1, payload.lengthBytes);
    position += headerBytes + announced * payload.bytesPerUnit;
    open += announced * payload.itemsPerUnit - 1;
  }
  return position === bytes.length;
}

interface Shape {
  readonly headerBytes: number;
  readonly payload: {
    /** Units announced in the head byte itself, where lengthBytes is 0. */
    readonly fixed: number;
    readonly lengthBytes: number;
    readonly bytesPerUnit: number;
    readonly itemsPerUnit: number;
  };
}

const scalar = (bytes: number): Shape => block(1, bytes);
const block = (headerBytes: number, bytes: number): Shape => ({
  headerBytes,
  payload: { fixed: bytes, lengthBytes: 0, bytesPerUnit: 1, itemsPerUnit: 0 },
});
/** Bytes whose number follows the head byte; an extension has one more byte, its type. */
const counted = (lengthBytes: number, more = 0): Shape => ({
  headerBytes: 1 + lengthBytes + more,
  payload: { fixed: 0, lengthBytes, bytesPerUnit: 1, itemsPerUnit: 0 },
});
const items = (fixed: number, lengthBytes: number, itemsPerUnit: number): Shape => ({
  headerBytes: 1 + lengthBytes,
  payload: { fixed, lengthBytes, bytesPerUnit: 0, itemsPerUnit },
});

/** https://github.com/msgpack/msgpack/blob/master/spec.md, "Formats"; 0xc1 is never used and announces more than any message. */
const fromC0: readonly Shape[] = [
  ...[scalar(0), block(1, Infinity), scalar(0), scalar(0)], // c0 nil, c1 never used, c2 false, c3 true
  ...[counted(1), counted(2), counted(4)], // c4 bin
  ...[counted(1, 1), counted(2, 1), counted(4, 1)], // c7 ext
  ...[scalar(4), scalar(8)], // ca float
  ...[scalar(1), scalar(2), scalar(4), scalar(8)], // cc uint
  ...[scalar(1), scalar(2), scalar(4), scalar(8)], // d0 int
  ...[block(2, 1), block(2, 2), block(2, 4), block(2, 8), block(2, 16)], // d4 fixext
  ...[counted(1), counted(2), counted(4)], // d9 str
  ...[items(0, 2, 1), items(0, 4, 1)], // dc array
  ...[items(0, 2, 2), items(0, 4, 2)], // de map
];

function shapeOf(head: number): Shape {
  if (head < 0x80 || head >= 0xe0) return scalar(0);
  if (head < 0x90) return items(head & 0x0f, 0, 2);
  if (head < 0xa0) return items(head & 0x0f, 0, 1);
  if (head < 0xc0) return scalar(head & 0x1f);
  return fromC0[head - 0xc0]!;
}

function readLength(view: DataView, at: number, lengthBytes: number): number {
  if (lengthBytes === 1) return view.getUint8(at);
  return lengthBytes === 2 ? view.getUint16(at) : view.getUint32(at);
}
