import http from 'node:http';

/** Reads until `isDone` or the end; returns the number of bytes. */
export function firstBytes(socketPath: string, path: string, isDone: (text: string) => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get({ socketPath, path }, (response) => {
      let bytes = 0;
      let text = '';
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        text = text.slice(0, 200) + text.slice(200).slice(-200) + chunk.toString('latin1');
        if (!isDone(text)) return;
        request.destroy();
        resolve(bytes);
      });
      response.on('end', () => resolve(bytes));
    });
    request.once('error', reject);
  });
}
