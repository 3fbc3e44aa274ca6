import { firewalldZone, openings, ufwRules, withPorts } from '../../shared/steps/content/firewall.ts';
import type { Host } from '../host/host.ts';
import { enabledUnits } from '../machine/boot-links.ts';
import { output } from '../machine/program.ts';
import type { CheckResult, Step, StepContext } from './step.ts';

const firewalld = {
  unit: 'firewalld.service',
  config: '/etc/firewalld/firewalld.conf',
  zones: '/etc/firewalld/zones',
  shippedZones: '/usr/lib/firewalld/zones',
} as const;
const ufw = { config: '/etc/ufw/ufw.conf', rules: '/etc/ufw/before.rules' } as const;

interface Change {
  path: string;
  content: string;
  mode: number;
}

/** Lets the cluster through a firewall that starts with the host; where the plan says so, switches it off. One that is off stays off. */
export const firewall: Step = {
  id: 'firewall',

  async check(context): Promise<CheckResult> {
    const { host, assignment } = context;
    const wanted = assignment.settings.preparation.firewall;
    const active = await activeFirewalls(host);
    if (wanted === 'keep' || active.length === 0) return { state: 'done' };
    if (wanted === 'off')
      return { state: 'todo', message: `${active.join(' and ')} is on; the plan wants no firewall` };
    const changes = await changesFor(context, active);
    if (changes.length === 0) return { state: 'done', message: `${active.join(' and ')} lets the cluster through` };
    return { state: 'todo', message: `${active.join(' and ')} does not let the cluster through` };
  },

  async apply(context) {
    const { host, assignment } = context;
    const active = await activeFirewalls(host);
    if (assignment.settings.preparation.firewall === 'off') return switchOff(host, active);
    for (const { path, content, mode } of await changesFor(context, active))
      await host.writeFile(path, content, { mode });
    if (active.includes('firewalld')) await output(host, 'firewall-cmd', ['--reload']);
    if (active.includes('ufw')) await output(host, 'ufw', ['reload']);
  },
};

async function activeFirewalls(host: Host): Promise<('firewalld' | 'ufw')[]> {
  const [enabled, config] = await Promise.all([enabledUnits(host), host.readFile(ufw.config)]);
  return [
    ...(enabled.has(firewalld.unit) ? (['firewalld'] as const) : []),
    ...(/^ENABLED=yes\s*$/m.test(config ?? '') ? (['ufw'] as const) : []),
  ];
}

async function changesFor({ host, assignment }: StepContext, active: readonly string[]): Promise<Change[]> {
  const open = openings(assignment.settings, assignment.host.role);
  const wanted: Change[] = [];
  if (active.includes('firewalld')) {
    const zone = /^DefaultZone=(\S+)/m.exec((await host.readFile(firewalld.config)) ?? '')?.[1] ?? 'public';
    const path = `${firewalld.zones}/${zone}.xml`;
    const current = (await host.readFile(path)) ?? (await host.readFile(`${firewalld.shippedZones}/${zone}.xml`));
    wanted.push({ path: `${firewalld.zones}/muster.xml`, content: firewalldZone(open), mode: 0o644 });
    if (current !== null) wanted.push({ path, content: withPorts(current, open), mode: 0o644 });
  }
  const rules = active.includes('ufw') ? await host.readFile(ufw.rules) : null;
  if (rules !== null) {
    wanted.push({
      path: ufw.rules,
      content: ufwRules(rules, open, assignment.settings.network.podSubnet),
      mode: 0o640,
    });
  }
  const now = await Promise.all(wanted.map(({ path }) => host.readFile(path)));
  return wanted.filter(({ content }, index) => now[index] !== content);
}

async function switchOff(host: Host, active: readonly string[]): Promise<void> {
  if (active.includes('firewalld')) {
    await host.remember({ kind: 'unit', name: firewalld.unit });
    await output(host, 'systemctl', ['disable', '--now', firewalld.unit]);
  }
  if (active.includes('ufw')) {
    const config = (await host.readFile(ufw.config)) ?? '';
    await host.writeFile(ufw.config, config.replace(/^ENABLED=yes/m, 'ENABLED=no'));
    await output(host, 'ufw', ['disable']);
  }
}
