import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

const longestLine = 16_384;

export interface LineReader {
  /** Complete lines added since the last call; with `last`, also an unterminated last line. */
  more(last?: boolean): Promise<string[]>;
}

/** Follows a file that another process writes. Opens it for each read, so that no descriptor stays open. */
export function createLineReader(path: string): LineReader {
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(65_536);
  let offset = 0;
  let rest = '';

  async function readOn(): Promise<string> {
    const handle = await open(path, 'r');
    try {
      let text = '';
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
        if (bytesRead === 0) return text;
        offset += bytesRead;
        text += decoder.write(buffer.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  }

  return {
    async more(last = false) {
      const lines = (rest + (await readOn())).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      if (rest !== '' && (last || rest.length > longestLine)) {
        lines.push(rest);
        rest = '';
      }
      return lines;
    },
  };
}
