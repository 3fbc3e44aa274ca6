import type { Change } from '../../shared/steps/change.ts';
import { firewallFiles as files, firewalldZones, ufwRules } from '../../shared/steps/content/firewall.ts';
import { done, type Look, type Resource, todo } from '../changes/resource.ts';
import type { Host } from '../host/host.ts';
import { enabledUnits } from './boot-links.ts';
import { output } from './program.ts';
import { changeUnit } from './unit.ts';

type Open = Extract<Change<'firewall'>, { state: 'open' }>;

interface FileChange {
  path: string;
  content: string;
}

/** Firewalls that start at boot. */
export async function activeFirewalls(host: Host): Promise<('firewalld' | 'ufw')[]> {
  const [enabled, config] = await Promise.all([enabledUnits(host), host.readFile(files.ufwConfig)]);
  return [
    ...(enabled.has(files.firewalld) ? (['firewalld'] as const) : []),
    ...(/^ENABLED=yes\s*$/m.test(config ?? '') ? (['ufw'] as const) : []),
  ];
}

export const firewall: Resource<'firewall'> = {
  async look(change, host): Promise<Look> {
    const active = await activeFirewalls(host);
    if (active.length === 0) return done;
    const names = active.join(' and ');
    if (change.state === 'off') {
      return todo({ en: `${names}: active (required: off)`, zh: `${names}：已启用（要求：关闭）` });
    }
    if ((await changesFor(change, active, host)).length === 0) {
      return { state: 'done', message: { en: `${names}: open for the cluster`, zh: `${names}：已为集群开放` } };
    }
    return todo({
      en: `${names}: the rules for the cluster are missing or outdated`,
      zh: `${names}：集群所需的规则缺失或已过时`,
    });
  },
  async prior({ state }, host) {
    const switchesOff = state === 'off' && (await activeFirewalls(host)).includes('firewalld');
    return switchesOff ? [{ kind: 'unit', name: files.firewalld }] : [];
  },
  async set(change, { host }) {
    const active = await activeFirewalls(host);
    if (change.state === 'off') return switchOff(host, active);
    for (const { path, content } of await changesFor(change, active, host)) await host.writeFile(path, content);
    if (active.includes('firewalld')) await output(host, 'firewall-cmd', ['--reload']);
    if (active.includes('ufw')) await output(host, 'ufw', ['reload']);
  },
};

async function changesFor({ openings, podSubnet }: Open, active: readonly string[], host: Host): Promise<FileChange[]> {
  const wanted: FileChange[] = [];
  if (active.includes('firewalld')) {
    const zone = /^DefaultZone=(\S+)/m.exec((await host.readFile(files.firewalldConfig)) ?? '')?.[1] ?? 'public';
    const [path, own] = [`${files.zones}/${zone}.xml`, `${files.zones}/muster.xml`];
    const current = (await host.readFile(path)) ?? (await host.readFile(`${files.shippedZones}/${zone}.xml`));
    const zones = firewalldZones(await host.readFile(own), current ?? '', openings);
    wanted.push({ path: own, content: zones.claim });
    if (current !== null) wanted.push({ path, content: zones.zone });
    if (zones.own !== zones.claim) wanted.push({ path: own, content: zones.own });
  }
  const rules = active.includes('ufw') ? await host.readFile(files.ufwRules) : null;
  if (rules !== null) {
    wanted.push({ path: files.ufwRules, content: ufwRules(rules, openings, podSubnet) });
  }
  const now = await Promise.all(wanted.map(({ path }) => host.readFile(path)));
  return wanted.filter(({ content }, index) => now[index] !== content);
}

async function switchOff(host: Host, active: readonly string[]): Promise<void> {
  if (active.includes('firewalld')) await changeUnit(host, 'disable --now', files.firewalld);
  if (!active.includes('ufw')) return;
  const config = (await host.readFile(files.ufwConfig)) ?? '';
  await host.writeFile(files.ufwConfig, config.replace(/^ENABLED=yes/m, 'ENABLED=no'));
  await output(host, 'ufw', ['disable']);
}
