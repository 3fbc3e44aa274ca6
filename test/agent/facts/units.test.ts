import { expect, test } from 'vitest';
import { unitFacts } from '../../../agent/facts/units.ts';
import { fakeHost } from '../fake-host.ts';

test('queries all units with one call, and distinguishes masked from missing', async () => {
  const block = (id: string, load: string, active: string, state: string) =>
    `Id=${id}.service\nLoadState=${load}\nActiveState=${active}\nUnitFileState=${state}`;
  const answer = [
    block('chrony', 'loaded', 'active', 'enabled'),
    block('kubelet', 'masked', 'inactive', 'masked'),
    block('docker', 'not-found', 'inactive', ''),
  ].join('\n\n');
  const host = fakeHost({ programs: { systemctl: () => answer } });
  expect(await unitFacts(host)).toEqual({
    chrony: { active: true, state: 'enabled' },
    kubelet: { active: false, state: 'masked' },
    docker: { active: false, state: '' },
  });
  expect(host.calls).toHaveLength(1);
  expect(await unitFacts(fakeHost())).toBeNull();
});
