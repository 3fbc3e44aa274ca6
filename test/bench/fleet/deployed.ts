import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../../deploy', name), 'utf8');

/** How the coordinator is started on a host: Node's options of its launcher, the environment of its unit. */
export const deployed = {
  nodeOptions: /install_launcher \$LAUNCHER coordinator (.+)/.exec(read('setup.sh'))?.[1]?.split(' ') ?? [],
  environment: Object.fromEntries(
    [...read('muster-coordinator.service').matchAll(/^Environment=(\w+)=(.+)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  ),
};
