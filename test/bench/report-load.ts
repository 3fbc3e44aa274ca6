import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/**
 * Sends reports over keep-alive connections, one open request on each, and prints {"perSecond"}. Writes prebuilt bytes
 * and only parses status lines, so that the server is the bottleneck. Standard input: Load as JSON.
 */
export interface Load {
  port: number;
  caPem: string;
  seconds: number;
  /** One connection each: the host's credential and the bodies that it sends in rotation. */
  senders: { credential: string; bodies: string[] }[];
}

const { port, caPem, seconds, senders } = JSON.parse(readFileSync(0, 'utf8')) as Load;
const warmUpMs = 1000;
let stored = 0;
let counting = false;

function connect({ credential, bodies }: Load['senders'][number]): Promise<tls.TLSSocket> {
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${credential}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  let next = 0;
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, ca: caPem, servername: 'localhost' }, () => resolve(socket));
    const sendOne = () => socket.write(requests[next++ % requests.length] as Buffer);
    socket.once('error', reject);
    socket.once('secureConnect', sendOne);
    socket.on('data', (data) => {
      // A response without a body fits into one record.
      if (!data.toString('latin1', 0, 12).endsWith('204')) {
        process.stderr.write(`the server answered ${data}\n`);
        process.exit(1);
      }
      if (counting) stored++;
      sendOne();
    });
  });
}

await Promise.all(senders.map(connect));
await new Promise((resolve) => setTimeout(resolve, warmUpMs));
counting = true;
const began = performance.now();
await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const perSecond = stored / ((performance.now() - began) / 1000);
process.stdout.write(JSON.stringify({ perSecond }), () => process.exit(0));
