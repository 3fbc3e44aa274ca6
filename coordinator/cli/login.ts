import { createOperatorClient } from './client.ts';
import type { Io, SocketOptions } from './io.ts';
import { clean, fingerprint, utc } from './text.ts';

export interface LoginOptions extends SocketOptions {
  viewer?: true;
}

/** Prints a one-time link to the status page: the link alone on stdout, what to expect on stderr. */
export async function login(io: Io, options: LoginOptions): Promise<void> {
  const link = await createOperatorClient(options.socket).createLoginLink(
    options.viewer === true ? 'viewer' : 'operator',
  );
  io.stderr.write(`Open this once, until ${utc(link.expiresAt)}:\n\n`);
  io.stdout.write(`${clean(link.url)}\n`);
  io.stderr.write(`
The browser does not know the certificate and warns. It is the right one if its SHA-256 fingerprint is
${fingerprint(clean(link.certificateSha256))}
`);
}
