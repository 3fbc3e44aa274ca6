import { appendFileSync, readFileSync } from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';

/**
 * Preloaded into a coordinator (node --import): kills it (-9) three times at each kind of request: before any work,
 * after the work but before the response, and after the response. Kills are recorded on disk, so that each happens
 * once.
 */
const record = '/var/lib/muster/died-of';

function read(): string[] {
  try {
    return readFileSync(record, 'utf8').split('\n');
  } catch {
    return [];
  }
}
const deaths = new Set(read());

function die(moment: string): void {
  if (deaths.has(moment)) return;
  appendFileSync(record, `${moment}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** Replaces names of hosts, duties and files with `*`. */
function kindOf({ method, url = '' }: IncomingMessage): string {
  const path = url
    .replace(/\?.*/, '')
    .replace(/^\/(v1\/(?:hosts|duties|collections|tokens)|artefacts)\/[^/]+/, '/$1/*');
  return `${method} ${path}`;
}

for (const server of [http.Server, https.Server]) {
  const { emit } = server.prototype;
  server.prototype.emit = function (this: http.Server, name: string, ...args: unknown[]) {
    if (name === 'request') {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      const kind = kindOf(request);
      die(`${kind}: it came`);
      const end = response.end.bind(response) as (...rest: unknown[]) => ServerResponse;
      response.end = (...rest: unknown[]) => {
        die(`${kind}: it was done`);
        return end(...rest);
      };
      response.once('finish', () => die(`${kind}: it was answered`));
    }
    return emit.call(this, name, ...args);
  };
}
