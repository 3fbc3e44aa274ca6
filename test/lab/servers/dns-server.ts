import { createSocket } from 'node:dgram';

const [typeA, noSuchName] = [1, 3];

/** The name of a DNS query's question and where the question ends. */
function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** Answers a query (RFC 1035) for an IPv4 address out of the table; all other names do not exist. */
export function answer(query: Buffer, names: ReadonlyMap<string, string>): Buffer {
  const { name, type, end } = questionOf(query);
  const address = names.get(name);
  const records = address !== undefined && type === typeA ? 1 : 0;
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8580 + (address === undefined ? noSuchName : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records, 6);
  header.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, ...(address ?? '').split('.').map(Number)]);
  return Buffer.concat([header, query.subarray(12, end), ...(records === 1 ? [record] : [])]);
}

if (import.meta.main) {
  const [own = '', ...pairs] = process.argv.slice(2);
  const names = new Map(pairs.map((pair) => pair.split('=') as [string, string]));
  const socket = createSocket('udp4', (query, { port, address }) => {
    try {
      socket.send(answer(query, names), port, address);
    } catch {
      // It is no query.
    }
  });
  socket.bind(53, own);
}
