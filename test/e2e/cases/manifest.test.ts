import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Host } from '../../../agent/host/host.ts';
import { applyManifest } from '../../../agent/kube/apply.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { labPaths } from '../../lab/layout.ts';
import { type ApiServer, startApiServer } from '../support/api-server.ts';

let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(() => api.close());

const kubectl = (args: readonly string[], input = '') =>
  execa(join(labPaths.bin, 'kubectl'), ['--kubeconfig', api.kubeconfig, ...args], { input, reject: false });

/** A host whose administrator's credential is that of the API server. */
const host = {
  run: async (_: string, args: readonly string[], { input = '' }: { input?: string }) => {
    const {
      exitCode = 1,
      stdout,
      stderr,
    } = await kubectl(
      args.filter((arg) => arg !== '--kubeconfig' && arg !== adminConf),
      input,
    );
    return { exitCode, stdout, stderr };
  },
} as Pick<Host, 'run'> as Host;

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tigera-operator' } };
/** A definition with a schema as long as the description. */
const definition = (description: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'installations.operator.example.com' },
  spec: {
    group: 'operator.example.com',
    scope: 'Cluster',
    names: { plural: 'installations', singular: 'installation', kind: 'Installation' },
    versions: [
      { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', description } } },
    ],
  },
});
const manifest = (length: number) =>
  [namespace, definition('x'.repeat(length))].map((object) => stringify(object)).join('---\n');
const apply = (length: number) =>
  applyManifest(host, manifest(length), { remedy: { en: '', zh: '' }, timeoutMs: 60_000 });

test('kubectl alone refuses the manifest of the case', async () => {
  expect((await kubectl(['apply', '-f', '-'], manifest(300_000))).stderr).toMatch(/annotations: Too long/);
});

test('a manifest with a long object is applied, again with a change, and after it became short', async () => {
  expect(await apply(300_000)).toMatch(/installations\S* serverside-applied/);
  expect(await apply(310_000)).toMatch(/serverside-applied/);
  expect(await apply(10)).toMatch(/installations\S* configured/);
});

test('an object just below kubectl’s limit is applied', async () => {
  for (const length of [244_000, 246_000, 261_000, 262_000]) await apply(length);
});
