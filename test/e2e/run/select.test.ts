import { existsSync, readdirSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areaNames, areas, core } from './areas.ts';
import { select, touchedAreas } from './select.ts';

const files = [...core, ...areaNames.map((name) => `${name}/first.test.ts`)];

describe('the files that a change requires', () => {
  it('are the core and those of the areas whose sources have changed', () => {
    const { required, others } = select(files, ['coordinator/web/app/main.ts'], 0);
    expect(required).toEqual([...core, 'page/first.test.ts']);
    expect([...required, ...others].sort()).toEqual([...files].sort());
  });

  it('are the first of each touched area, of the most important ones if many are touched; the rest comes next', () => {
    const more = areaNames.flatMap((name) => ['bring-up', 'a', 'z'].map((file) => `${name}/${file}.test.ts`));
    const changed = areaNames.filter((name) => name !== 'page').map((name) => `test/e2e/${name}/new.test.ts`);
    const { required, others } = select([...core, ...more], changed, 0);
    const ofArea = (name: string) => required.filter((file) => file.startsWith(`${name}/`));
    expect(ofArea('ha')).toEqual(['ha/bring-up.test.ts']);
    expect(ofArea('recovery')).toHaveLength(1);
    expect(ofArea('uninstall')).toEqual([]);
    expect(others.indexOf('uninstall/bring-up.test.ts')).toBeLessThan(others.indexOf('ha/a.test.ts'));
    expect(others.slice(-3).every((file) => file.startsWith('page/'))).toBe(true);
  });

  it('are those of an area whose tests have changed', () => {
    expect(touchedAreas(['test/e2e/uninstall/uninstall.test.ts'])).toEqual(['uninstall']);
  });

  it('are the core alone where no area has changed, or the changes are unknown', () => {
    expect(select(files, ['README.md'], 0).required).toEqual(core);
    expect(select(files, null, 0).required).toEqual(core);
  });

  it('are in the tree', () => {
    for (const file of core) expect(existsSync(`test/e2e/${file}`), file).toBe(true);
    for (const name of areaNames) expect(existsSync(`test/e2e/${name}`), name).toBe(true);
  });

  it('are found by globs that each match a source', () => {
    const sources = ['agent', 'coordinator', 'shared', 'deploy', 'test'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    );
    sources.push('package-lock.json');
    const globs = areaNames.flatMap((name) => areas[name].sources);
    expect(globs.filter((glob) => !sources.some((file) => matchesGlob(file, glob)))).toEqual([]);
  });
});

it('each area comes first in its turn', () => {
  const first = areaNames.map((_, turn) => select(files, [], turn).others[0]?.split('/')[0]);
  expect(first).toEqual(areaNames);
});
