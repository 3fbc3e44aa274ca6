import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plannedHere } from '../../../agent/preflight/planned.ts';
import { assign } from '../../../shared/plan/assign.ts';
import { required } from '../../../shared/plan/problems/required.ts';
import { planOf, planText } from '../../shared/plan/plan-text.ts';
import { fakeHost } from '../fake-host.ts';

const file = join(mkdtempSync(join(tmpdir(), 'planned-')), 'cluster.yaml');
writeFileSync(file, planText());
const named = (name: string) => fakeHost({ files: { '/proc/sys/kernel/hostname': `${name}\n` } });

it.each([
  'master01',
  'node01',
])('%s is assigned what the coordinator would assign before a cluster exists', async (name) => {
  expect(await plannedHere(named(name), file)).toEqual(assign(planOf(), name));
});

it('reports a host that is not in the plan', async () => {
  await expect(plannedHere(named('other'), file)).rejects.toMatchObject({ code: 'host-unknown' });
});

it('reports the problems of an invalid plan in both languages', async () => {
  const invalid = join(mkdtempSync(join(tmpdir(), 'planned-')), 'cluster.yaml');
  writeFileSync(invalid, planText({ cluster: 'Demo' }));
  const { en, zh } = required['name-invalid'];
  await expect(plannedHere(named('node01'), invalid)).rejects.toMatchObject({
    code: 'plan-invalid',
    text: { en: expect.stringContaining(en), zh: expect.stringContaining(zh) },
  });
});
