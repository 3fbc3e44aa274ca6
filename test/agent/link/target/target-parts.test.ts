import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../../../agent/link/client.ts';
import { type FakeAnswer, type FakeCoordinator, fakeCoordinator } from '../../fake-coordinator.ts';
import { sampleAssignment } from '../../samples.ts';

const { settings, ...own } = sampleAssignment();
const rest = { reason: { en: '', zh: '' }, duties: [] };
const json = JSON.stringify(settings);
const signal = new AbortController().signal;
const refTo = (text: string) => ({ assignment: { ...own, settingsRef: hash('sha256', text) }, ...rest });
const packed = (text: string): FakeAnswer => ({
  headers: { 'content-encoding': 'gzip' },
  body: gzipSync(text),
});
const unknown: FakeAnswer = {
  status: 404,
  body: { code: 'target-part-unknown', params: {}, message: { en: '', zh: '' } },
};

let folder: string;
let coordinator: FakeCoordinator;
let targets: unknown[];
let parts: FakeAnswer[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-parts-'));
  coordinator = await fakeCoordinator(({ path }) =>
    path === '/v1/target' ? { body: targets.length > 1 ? targets.shift() : targets[0] } : (parts.shift() ?? unknown),
  );
});
afterEach(async () => {
  await coordinator.close();
  rmSync(folder, { recursive: true });
});

async function read() {
  const client = createClient({ url: coordinator.url, ca: coordinator.ca, bearer: 'secret', partsFolder: folder });
  try {
    return (await client.target(null, 0, signal))?.target;
  } finally {
    client.close();
  }
}
const asked = () => coordinator.requests.filter(({ path }) => path.startsWith('/v1/target-parts/'));

test('a target by reference is completed with the settings, which are fetched once, also across restarts', async () => {
  targets = [refTo(json)];
  parts = [packed(json)];
  expect(await read()).toEqual({ assignment: { ...own, settings }, ...rest });
  expect(await read()).toEqual({ assignment: { ...own, settings }, ...rest });
  expect(asked()).toHaveLength(1);
  expect(coordinator.requests[0]?.query.get('shared')).toBe('reference');
});

test('a coordinator that sends the settings in the target is understood', async () => {
  targets = [{ assignment: { ...own, settings }, ...rest }];
  expect(await read()).toEqual(targets[0]);
  expect(asked()).toEqual([]);
});

test('a damaged copy on disk is fetched again, and copies of earlier targets are deleted', async () => {
  const { settingsRef } = refTo(json).assignment;
  writeFileSync(join(folder, settingsRef), 'damaged');
  writeFileSync(join(folder, 'earlier'), 'of an earlier target');
  targets = [refTo(json)];
  parts = [packed(json)];
  expect((await read())?.assignment?.settings).toEqual(settings);
  expect(readdirSync(folder)).toEqual([settingsRef]);
});

test('a part that changed meanwhile makes it ask for the target again', async () => {
  targets = [refTo('earlier'), refTo(json)];
  parts = [unknown, packed(json)];
  expect((await read())?.assignment?.settings).toEqual(settings);
});

test('a part with another hash, without the form of settings, or that expands beyond the limit is refused', async () => {
  for (const [named, sent] of [
    [json, '{}'],
    ['{}', '{}'],
    [json, Buffer.alloc(17 * 1024 ** 2, ' ').toString()],
  ] as const) {
    targets = [refTo(named)];
    parts = [packed(sent)];
    await expect(read()).rejects.toMatchObject({ code: 'unexpected-answer' });
  }
});
