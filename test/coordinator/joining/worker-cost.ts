import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../../coordinator/store/store.ts';
import { factsOf, fleetPlan, workerAddress, workerName } from '../../web/fleet.ts';
import {
  bearer,
  cluster,
  enrolRequest,
  node,
  removeFolder,
  report,
  secret,
  start,
  type TestCoordinator,
  tempFolder,
} from '../support.ts';

const bootId = 'b';

/** Stores a fleet whose hosts are Ready, as a coordinator has it after a long time. */
function storeFleet(folder: string, workers: number, credentialSha256: string): void {
  mkdirSync(join(folder, 'state'), { mode: 0o700 });
  const store = openStore(join(folder, 'state', 'muster.db'));
  store.transaction(() => {
    for (let index = -1; index < workers; index += 1) {
      const [name, address] = index < 0 ? ['master01', '10.77.0.1'] : [workerName(index), workerAddress(index)];
      const own = index < 0 ? credentialSha256 : secret().credentialSha256;
      store.hosts.enrol({ name, credentialSha256: own, agentVersion: '0.1.0', bootId, machineId: name, now: 1 });
      store.hosts.reported(name, { at: Date.now(), clockSkewMs: 0, agentVersion: '0.1.0', bootId });
      store.hosts.ready(name, 1);
      store.observations.put(name, 'facts', { ...factsOf(name, address), machineId: name, productUuid: name }, 1);
      store.observations.put(name, 'node', node(name), 1);
    }
  });
  store.close();
}

/** Counts the statements that SQLite runs, and the rows that they return. */
function countStatements() {
  const counts = { statements: 0, rows: 0 };
  const { run, get, all } = StatementSync.prototype;
  const counting = <T>(call: T, rowsOf: (result: unknown) => number): T =>
    function (this: unknown, ...args: unknown[]) {
      const result = (call as (...args: unknown[]) => unknown).apply(this, args);
      counts.statements += 1;
      counts.rows += rowsOf(result);
      return result;
    } as T;
  StatementSync.prototype.run = counting(run, () => 0);
  StatementSync.prototype.get = counting(get, (row) => (row === undefined ? 0 : 1));
  StatementSync.prototype.all = counting(all, (rows) => (rows as unknown[]).length);
  return () => {
    Object.assign(StatementSync.prototype, { run, get, all });
    return counts;
  };
}

/** A worker from its token to a Ready node, with the control plane's part. */
async function joinWorker(
  coordinator: TestCoordinator,
  headers: { authorization: string },
  index: number,
): Promise<number> {
  let requests = 0;
  const ask: TestCoordinator['ask'] = (path, request) => {
    requests += 1;
    return coordinator.ask(path, request);
  };
  const [name, address] = [workerName(index), workerAddress(index)];
  const { credential, credentialSha256 } = secret();
  const token = await coordinator.token({ host: name });
  await ask('/v1/enrol', {
    body: enrolRequest({ credentialSha256, addresses: [address], bootId }),
    headers: bearer(token),
  });
  const own = { headers: bearer(credential) };
  await ask('/v1/reports', { ...own, body: report(name, { facts: { ...factsOf(name, address), machineId: name } }) });
  await ask('/v1/target?shared=reference', own);
  const asking = ask('/v1/join-credentials?wait=20', { ...own, method: 'POST' });
  // The host is admitted in a later turn; asking more often would cost more.
  await sleep(100);
  const { duties } = (await ask('/v1/target?wait=0&shared=reference', { headers })).body;
  const { id } = duties.find(({ type }: { type: string }) => type === 'mint-join-credential');
  const body = { outcome: 'done', token: `abc00${index % 10}.0123456789abcdef` };
  await ask(`/v1/duties/${id}`, { headers, body });
  const { status } = await asking;
  if (status !== 200) throw new Error(`no join credential: ${status}`);
  await ask('/v1/reports', { ...own, body: report(name, { node: node(name) }) });
  return requests;
}

/** Counts what one more worker costs, from its token to a Ready node, with `known` hosts in the store. */
export async function costOfWorker(known: number): Promise<Record<'statements' | 'rows' | 'requests', number>> {
  const folder = tempFolder();
  const { credential, credentialSha256 } = secret();
  storeFleet(folder, known, credentialSha256);
  const coordinator = await start({ folder, planText: fleetPlan(known + 2) });
  const headers = bearer(credential);
  await coordinator.ask('/v1/reports', { headers, body: report('master01', { cluster: cluster(coordinator.caPem) }) });
  // The first join fills what is kept in memory.
  await joinWorker(coordinator, headers, known);
  const count = countStatements();
  try {
    const requests = await joinWorker(coordinator, headers, known + 1);
    return { requests, ...count() };
  } finally {
    count();
    await coordinator.stop();
    removeFolder(folder);
  }
}
