import { beforeEach } from 'vitest';
import { type DutyMeans, performDuty } from '../../../agent/duties/index.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import type { Duty } from '../../../shared/protocol/duty.ts';
import { type FakeProgram, fakeHost } from '../fake-host.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from '../steps/context.ts';

const now = new Date('2026-01-01T00:00:00Z');

/** Three control planes and two workers. */
function plan(settings: Assignment['settings']): void {
  settings.hosts = [
    { name: 'master01', address: '192.168.0.130', role: 'control-plane' },
    { name: 'master02', address: '192.168.0.122', role: 'control-plane' },
    { name: 'master03', address: '192.168.0.123', role: 'control-plane' },
    { name: 'node01', address: '192.168.0.131', role: 'worker' },
    { name: 'node02', address: '192.168.0.132', role: 'worker' },
  ];
}

/** Shared by the tests of a file: a control plane's agent that performs duties on an API server. */
export async function controlPlane() {
  const api = await apiServerOfFile();
  const assignment = testContext('kubeadm-init', { self: 'master01', change: plan }).assignment;
  const programs: Record<string, FakeProgram> = {};
  let host = fakeHost();
  const warnings: string[] = [];
  const log = { warn: (message: string) => warnings.push(message) } as never;
  beforeEach(() => {
    warnings.length = 0;
  });
  return {
    api,
    warnings,
    /** Of the host that performs duties. */
    programs,
    /** The host of the last duty. */
    host: () => host,
    assignment,
    perform(duty: object, signal = new AbortController().signal, more: Partial<DutyMeans> = {}) {
      const means = { signal, assignment, isKnown: () => true, log, ...more };
      host = fakeHost({ files: { [adminConf]: api.kubeconfig() }, now, programs });
      return performDuty(host, { ...duty, id: '1' } as Duty, means);
    },
  };
}
