import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { pack, unpack } from '../../../../coordinator/replica/packing.ts';
import { enrol, enrolled, useBench } from '../bench.ts';
import { type One, until } from '../coordinators.ts';

const bench = useBench();

describe('the recovery key', () => {
  const names = ['recovery-signing.key', 'recovery.pub'];
  const keysOf = (who: One) => names.map((name) => readIfThere(join(who.paths.state, name)));
  const caKey = (who: One, key: string) => writeFileSync(join(who.paths.state, 'ca.key'), key);
  const setKeys = (who: One, value: string) => {
    for (const name of names) writeFileSync(join(who.paths.state, name), `${value} ${name}`);
  };
  const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null);

  test('travels whenever it is replaced; the API has nothing of it, and no replaced one is kept', async () => {
    const [first, second] = await bench.two();
    for (const who of [first, second]) caKey(who, 'the same');
    for (const value of ['old', 'new']) {
      setKeys(first, value);
      await first.replica.acknowledged();
      await until(() => keysOf(second)[1] === `${value} recovery.pub`, 'the public key');
      expect(keysOf(second)).toEqual(names.map((name) => `${value} ${name}`));
    }
    const sent = [...bench.api.objects.values()].flatMap(({ spec }) => unpack(String(spec?.data ?? pack([]))));
    const contents = sent.map(({ row }) => Buffer.from(String(row?.content ?? ''), 'base64').toString('latin1'));
    expect(contents.join('\n')).toContain('cluster: demo');
    expect(contents.join('\n')).not.toContain('recovery');
    expect(existsSync(join(second.paths.state, 'recovery-signing.key.replaced'))).toBe(false);
  });

  test('is accepted only with the key of the coordinators’ CA', async () => {
    const [first, second] = await bench.two();
    caKey(first, 'another');
    caKey(second, 'the own');
    setKeys(second, 'own');
    setKeys(first, 'forged');
    enrol(first, 'node02');
    await first.replica.acknowledged();
    await until(() => enrolled(second).includes('node02'), 'the batch');
    await sleep(100);
    expect(keysOf(second)).toEqual(names.map((name) => `own ${name}`));
  });
});
