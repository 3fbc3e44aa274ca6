import { beforeEach } from 'vitest';
import { performDuty } from '../../../agent/duties/index.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import type { Duty } from '../../../shared/protocol/duty.ts';
import { fakeHost } from '../fake-host.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';

const now = new Date('2026-01-01T00:00:00Z');

/** Shared by the tests of a file: a control plane's agent that performs duties on an API server. */
export async function controlPlane() {
  const api = await apiServerOfFile();
  const warnings: string[] = [];
  const log = { warn: (message: string) => warnings.push(message) } as never;
  beforeEach(() => {
    warnings.length = 0;
  });
  return {
    api,
    warnings,
    perform(duty: Omit<Duty, 'id'>, signal = new AbortController().signal) {
      const host = fakeHost({ files: { [adminConf]: api.kubeconfig() }, now });
      const means = { signal, assignment: null, isKnown: () => true, log };
      return performDuty(host, { ...duty, id: '1' } as Duty, means);
    },
  };
}
