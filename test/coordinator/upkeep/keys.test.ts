import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createClient } from '../../../agent/link/client.ts';
import { createRecoveryKey, decrypt } from '../../../shared/node/age.ts';
import { coordinatorKeysRoute, coordinatorKeysSchema } from '../../../shared/protocol/coordinator-keys.ts';
import { certificate } from '../../agent/kube/der.ts';
import { cluster, enrolled, facts, planText, start, type TestCoordinator } from '../support.ts';

const twoPlanes = planText().replace('role: worker, labels', 'role: control-plane, labels');
const { certPem } = certificate([['CN', 'kubernetes']]);

let coordinator: TestCoordinator;
afterEach(() => coordinator.stop());

const held = { facts: facts({ createdCluster: 'held' }), cluster: cluster(certPem) };
const ask = async (headers: Record<string, string>) => {
  const { publicKey: recipient } = await createRecoveryKey();
  const { status, body } = await coordinator.ask(coordinatorKeysRoute, { headers, body: { recipient } });
  return [status, body?.code];
};

it('a control plane that holds the cluster gets the keys, and only its identity opens them', async () => {
  coordinator = await start({ planText: twoPlanes });
  const master = await enrolled(coordinator, 'master01');
  await master.report(held);
  const client = createClient({
    url: `https://127.0.0.1:${coordinator.port}`,
    ca: coordinator.caPem,
    bearer: master.credential,
  });
  const [own, other] = await Promise.all([createRecoveryKey(), createRecoveryKey()]);
  const sealed = await client.coordinatorKeys(own.publicKey, new AbortController().signal);
  client.close();
  const open = async (secret: string) =>
    text(await decrypt(new Blob([new Uint8Array(sealed)]).stream(), 'recovery-key', secret));
  const { files } = coordinatorKeysSchema.parse(JSON.parse(await open(own.secret)));
  expect(files).toEqual(
    Object.fromEntries(
      ['ca.key', 'ca.crt', 'server.key', 'server.crt'].map((name) => [
        name,
        readFileSync(join(coordinator.state, name), 'utf8'),
      ]),
    ),
  );
  await expect(open(other.secret)).rejects.toMatchObject({ code: 'backup-locked' });
  expect(sealed.toString('latin1')).not.toContain('PRIVATE KEY');
});

it('a worker, and a planned control plane that does not hold the cluster, get nothing', async () => {
  coordinator = await start({ planText: twoPlanes });
  const worker = await enrolled(coordinator, 'node02');
  await worker.report({ facts: held.facts });
  expect(await ask(worker.headers)).toEqual([403, 'keys-not-for-host']);
  const newcomer = await enrolled(coordinator, 'node01');
  expect(await ask(newcomer.headers), 'it may report a moment later').toEqual([503, 'join-not-yet']);
  expect(await ask({})).toEqual([401, 'credential-unknown']);
});

it('the only control plane gets nothing', async () => {
  coordinator = await start();
  const master = await enrolled(coordinator, 'master01');
  await master.report(held);
  expect(await ask(master.headers)).toEqual([403, 'keys-not-for-host']);
});
