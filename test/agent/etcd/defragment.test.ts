import { afterAll, beforeEach, expect, it } from 'vitest';
import { defragment } from '../../../agent/etcd/defragment.ts';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { fakeHost } from '../fake-host.ts';
import { startGateway } from './gateway-server.ts';

const own = await startGateway();
afterAll(own.close);
const mebibyte = 1024 ** 2;

function state(id: string, { leader = '1', inUse = 50 }: { leader?: string; inUse?: number } = {}) {
  const status = {
    ...{ header: { member_id: id, revision: '9' }, version: '3.4.13', leader },
    ...{ dbSize: String(400 * mebibyte), dbSizeInUse: String(inUse * mebibyte) },
  };
  own.answers.set('/v3/maintenance/status', { status: 200, body: JSON.stringify(status) });
  own.answers.set('/v3/maintenance/alarm', { status: 200, body: '{}' });
}

const listOf = (...ids: readonly string[]) =>
  JSON.stringify({ members: ids.map((ID) => ({ ID, name: `m${ID}`, peerURLs: [], clientURLs: [own.url] })) });

beforeEach(() => {
  own.requests.length = 0;
  state('1');
  own.answers.set('/v3/cluster/member/list', { status: 200, body: listOf('1') });
});

const log = silentLogger();
const run = () =>
  defragment({ host: fakeHost({ files: { ...own.files, [etcdManifest]: '' } }), log, endpoint: own.url });
const defragmented = () => own.requests.filter(({ path }) => path === '/v3/maintenance/defragment').length;

it('defragments a database that is mostly free', async () => {
  await run();
  expect(defragmented()).toBe(1);
});

it('leaves a database that is mostly in use', async () => {
  state('1', { inUse: 300 });
  await run();
  expect(defragmented()).toBe(0);
});

it('leaves it to the leader’s host', async () => {
  state('1', { leader: '2' });
  await run();
  expect(defragmented()).toBe(0);
});

it('waits while an alarm is raised', async () => {
  own.answers.set('/v3/maintenance/alarm', { status: 200, body: '{"alarms":[{"memberID":"1","alarm":"CORRUPT"}]}' });
  await run();
  expect(defragmented()).toBe(0);
});

it.each([
  ['does not answer', { name: 'm2', clientURLs: ['https://127.0.0.1:1'] }],
  ['never started', { name: '', clientURLs: [] }],
])('waits while a member %s', async (_, other) => {
  const list = JSON.parse(listOf('1'));
  own.answers.set('/v3/cluster/member/list', {
    status: 200,
    body: JSON.stringify({ members: [...list.members, { ID: '2', peerURLs: [], ...other }] }),
  });
  await run();
  expect(defragmented()).toBe(0);
});
