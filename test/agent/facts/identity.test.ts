import { expect, test } from 'vitest';
import { identityFacts } from '../../../agent/facts/identity.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>) => fakeHost({ files });

test('returns the host’s name, system and boot', async () => {
  const facts = await identityFacts(
    having({
      '/etc/os-release': 'PRETTY_NAME="Ubuntu 18.04.6 LTS"\nID=ubuntu\nVERSION_ID="18.04"\nID_LIKE=debian\n',
      '/proc/1/comm': 'systemd\n',
      '/proc/sys/kernel/hostname': 'node01\n',
      '/proc/sys/kernel/random/boot_id': 'e35122ae\n',
    }),
  );
  expect(facts).toMatchObject({ hostname: 'node01', init: 'systemd', bootId: 'e35122ae', machineId: null });
  expect(facts.os).toEqual({ id: 'ubuntu', versionId: '18.04', prettyName: 'Ubuntu 18.04.6 LTS' });
});
