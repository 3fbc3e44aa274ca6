import { dirname } from 'node:path';
import type { HostView } from '../host/host.ts';
import { output } from './program.ts';

const script = 'umask 077 && mkdir -p -- "$1" && cat >"$2.partial" && mv -fT -- "$2.partial" "$2"';

/**
 * Writes a file that only `user` can read, with that user's power: in a folder of the user's, root could be led
 * elsewhere by a link. Throws MusterError `program-failed`.
 */
export async function writeFileAs(
  host: Pick<HostView, 'run'>,
  user: string,
  path: string,
  content: string,
): Promise<void> {
  await output(host, 'runuser', ['-u', user, '--', 'sh', '-c', script, 'sh', dirname(path), path], { input: content });
}
