import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import express from 'express';

/**
 * The baseline for the coordinator: express over TLS that parses a body and discards it. Arguments: key file,
 * certificate file.
 */
const [, , keyFile = '', certFile = ''] = process.argv;
const app = express();
app.post('/v1/reports', express.json({ limit: '1mb' }), (_request, response) => {
  response.status(204).end();
});
const server = https.createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, app);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
