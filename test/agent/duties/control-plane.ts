import { afterAll, beforeAll, beforeEach } from 'vitest';
import { performDuty } from '../../../agent/duties/index.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import type { Duty } from '../../../shared/protocol/duty.ts';
import { fakeHost } from '../fake-host.ts';
import { type ApiServer, startApiServer } from '../kube/api-server.ts';

const now = new Date('2026-01-01T00:00:00Z');

/** An API server for the tests of a file, emptied before each, and a control plane's agent that does duties on it. */
export function controlPlane() {
  const warnings: string[] = [];
  const log = { warn: (message: string) => warnings.push(message) } as never;
  const plane = {
    api: undefined as unknown as ApiServer,
    warnings,
    perform(duty: Omit<Duty, 'id'>, signal = new AbortController().signal) {
      const host = fakeHost({ files: { [adminConf]: plane.api.kubeconfig() }, now });
      return performDuty(host, { ...duty, id: '1' } as Duty, signal, log);
    },
  };
  beforeAll(async () => {
    plane.api = await startApiServer();
  });
  afterAll(() => plane.api.close());
  beforeEach(() => {
    plane.api.objects.clear();
    plane.api.hooks.length = 0;
    plane.api.requests.length = 0;
    warnings.length = 0;
  });
  return plane;
}
