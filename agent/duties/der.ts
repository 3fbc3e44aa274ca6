/** One element of DER: its tag and its content. */
export interface Element {
  tag: number;
  content: Buffer;
}

/** The elements that `der` consists of, nothing left over. Throws RangeError for anything but DER with one-byte tags. */
export function elements(der: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < der.length; ) {
    const tag = der.readUInt8(at);
    const { length, start } = readLength(der, at + 1);
    at = start + length;
    if ((tag & 0x1f) === 0x1f || at > der.length) throw new RangeError('not DER');
    found.push({ tag, content: der.subarray(start, at) });
  }
  return found;
}

function readLength(der: Buffer, at: number): { length: number; start: number } {
  const first = der.readUInt8(at);
  if (first < 0x80) return { length: first, start: at + 1 };
  const size = first - 0x80;
  if (size === 0 || size > 3) throw new RangeError('not DER');
  const length = der.readUIntBE(at + 1, size);
  // The shortest form is the only one: two readings of one request must not be possible.
  if (length < 0x80 || length < 2 ** (8 * (size - 1))) throw new RangeError('not DER');
  return { length, start: at + 1 + size };
}
