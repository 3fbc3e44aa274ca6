import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/**
 * A bare HTTPS server that answers no request: the least that idle long polls take. Sends its port, then its resident bytes
 * on request. Argument: the coordinator's state folder.
 */
const [state = ''] = process.argv.slice(2);
const [key, cert] = ['server.key', 'server.crt'].map((name) => readFileSync(join(state, name)));
const server = https.createServer({ key, cert, ecdhCurve: 'X25519:P-256:P-384' }, () => {});
server.setTimeout(0);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.send?.({ residentBytes: process.memoryUsage.rss() }));
