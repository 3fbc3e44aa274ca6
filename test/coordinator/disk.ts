import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a folder that contain the text, in any form that a database or a log would keep it in. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
}
