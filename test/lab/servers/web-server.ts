import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Serves the files of a folder over HTTP like a mirror: GET and HEAD, If-Modified-Since, no listings. */
export function createFileServer(root: string) {
  return createServer(async (request, response) => {
    const end = (status: number) => response.writeHead(status).end();
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405);
    try {
      // The leading slash keeps `..` from escaping the folder.
      const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://lab').pathname);
      const file = path.join(root, path.posix.normalize(`/${asked}`));
      const found = await stat(file);
      if (!found.isFile()) return end(404);
      const since = Date.parse(request.headers['if-modified-since'] ?? '');
      if (Math.floor(found.mtimeMs / 1000) * 1000 <= since) return end(304);
      response.writeHead(200, { 'Content-Length': found.size, 'Last-Modified': found.mtime.toUTCString() });
      if (request.method === 'HEAD') return response.end();
      return await pipeline(createReadStream(file), response);
    } catch {
      return response.headersSent ? response.destroy() : end(404);
    }
  });
}

if (import.meta.main) {
  const [address, port, root = ''] = process.argv.slice(2);
  createFileServer(root).listen(Number(port), address);
}
