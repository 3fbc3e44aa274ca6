import type { Assignment } from '../protocol/assignment.ts';
import type { Change } from './change.ts';
import { apiServerScript, keepalived, keepalivedConfig, keepalivedUnit, virtualAddress } from './content/keepalived.ts';
import { defineStep, type HostTraits } from './definition.ts';

export const loadBalancer = defineStep({
  id: 'load-balancer',
  title: { en: 'Offer the API servers’ virtual address', zh: '提供 API 服务器的虚拟地址' },
  activity: { en: 'offering the API servers’ virtual address', zh: '提供 API 服务器的虚拟地址' },
  bootstrap: 'all',
  part: 'ready',
  needs: ['packages', 'kubeadm-init', 'kubeadm-join'],
  changes: (assignment, traits) => offered(assignment, traits) ?? notOffered(),
});

function offered({ host, settings }: Assignment, traits: HostTraits): Change[] | null {
  const planned = virtualAddress(settings, host.role);
  if (planned === null) return null;
  const { unit, config, script, unitFile } = keepalived;
  return [
    { kind: 'restart-later', unit },
    { kind: 'file', path: script, content: apiServerScript(settings, host), mode: 0o755 },
    { kind: 'file', path: config, content: keepalivedConfig(settings, host, planned, traits.interface) },
    { kind: 'file', path: unitFile, content: keepalivedUnit() },
    { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
    { kind: 'unit', name: unit, start: 'always', restart: 'reload' },
  ];
}

function notOffered(): Change[] {
  const { unit, config, script, unitFile } = keepalived;
  return [
    { kind: 'unit-gone', name: unit, when: 'keepalived' },
    ...[unitFile, config, script].map((path) => ({ kind: 'file' as const, path, content: null })),
    { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
  ];
}
