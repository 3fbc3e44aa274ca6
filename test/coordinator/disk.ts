import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files in a folder that contain the text, in any encoding that a database or a log would use. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
}
