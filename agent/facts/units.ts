import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

export const timeDaemons = ['systemd-timesyncd', 'chrony', 'ntp', 'ntpsec', 'openntpd'] as const;

/** All that is asked about, in one call. */
const names = ['docker', 'containerd', 'kubelet', 'firewalld', 'nftables', 'NetworkManager', 'crio', ...timeDaemons];

/** The state of the units that muster cares for, by name without `.service`; null where systemd does not answer. */
export async function unitFacts(host: Host): Promise<Facts['machine']['units']> {
  const properties = ['Id', 'LoadState', 'ActiveState', 'UnitFileState'].flatMap((name) => ['-p', name]);
  const { exitCode, stdout } = await host.run('systemctl', [
    'show',
    ...properties,
    ...names.map((name) => `${name}.service`),
  ]);
  if (exitCode !== 0) return null;
  const blocks = stdout.split('\n\n').map((block) => new Map(block.split('\n').map((line) => pair(line))));
  return Object.fromEntries(
    blocks.flatMap((values) => {
      const id = values.get('Id')?.replace(/\.service$/, '') ?? '';
      if (id === '') return [];
      const load = values.get('LoadState');
      const state = load === 'not-found' ? '' : load === 'masked' ? 'masked' : values.get('UnitFileState') || 'loaded';
      return [[id, { active: values.get('ActiveState') === 'active', state }]];
    }),
  );
}

function pair(line: string): [name: string, value: string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
