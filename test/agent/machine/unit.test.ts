import { describe, expect, test } from 'vitest';
import { changeUnit, isActive, unitNamed, unitsNamed } from '../../../agent/machine/unit.ts';
import { fakeHost } from '../fake-host.ts';

const block = (id: string, load: string, active: string, file: string) =>
  `Id=${id}.service\nLoadState=${load}\nActiveState=${active}\nUnitFileState=${file}\n`;
const answering = (text: string) => fakeHost({ programs: { systemctl: () => text } });

describe('looking', () => {
  test('asks for all units with one program', async () => {
    const host = answering(
      [block('chrony', 'loaded', 'active', 'enabled'), block('x', 'masked', 'inactive', 'masked')].join('\n'),
    );
    expect([...((await unitsNamed(host, ['chrony', 'x'])) ?? [])]).toEqual([
      [
        'chrony.service',
        { activeState: 'active', active: true, loadState: 'loaded', fileState: 'enabled', enabled: true },
      ],
      [
        'x.service',
        { activeState: 'inactive', active: false, loadState: 'masked', fileState: 'masked', enabled: false },
      ],
    ]);
    expect(host.calls).toHaveLength(1);
  });

  test('an activating unit is active, and a unit linked for boot is enabled', async () => {
    expect(await unitNamed(answering(block('a', 'loaded', 'activating', 'static')), 'a')).toMatchObject({
      active: true,
      enabled: true,
    });
  });

  test('a missing unit is neither', async () => {
    expect(await unitNamed(answering(block('a', 'not-found', 'inactive', '')), 'a')).toMatchObject({
      active: false,
      enabled: false,
      fileState: '',
    });
  });

  test('distinguishes systemd not answering from a missing unit', async () => {
    const host = fakeHost();
    expect(await unitsNamed(host, ['a'])).toBeNull();
    expect(await isActive(host, 'a')).toBe(false);
    await expect(unitNamed(host, 'a')).rejects.toMatchObject({ code: 'program-failed' });
  });
});

test('changing runs one systemctl and passes the remedy on', async () => {
  const host = answering('');
  await changeUnit(host, 'enable --now', 'chrony.service');
  expect(host.lines()).toEqual(['systemctl enable --now chrony.service']);
  await expect(changeUnit(fakeHost(), 'start', 'x', { remedy: 'look' })).rejects.toMatchObject({
    remedy: { en: 'look' },
  });
});
