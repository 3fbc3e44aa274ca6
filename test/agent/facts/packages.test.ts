import { expect, test } from 'vitest';
import { packageFacts } from '../../../agent/facts/packages.ts';
import { fakeHost } from '../fake-host.ts';

test('a removed package whose configuration remains is not installed', async () => {
  const host = fakeHost({
    programs: {
      'dpkg-query': () => ({
        exitCode: 1,
        stdout:
          'kubeadm\t1.23.0-00\tinstall ok installed\tamd64\ncontainerd\t1.6.20\tdeinstall ok config-files\tamd64\n',
      }),
    },
  });
  const { versions } = await packageFacts(host);
  expect(versions).toMatchObject({ kubeadm: '1.23.0-00', containerd: null, kubelet: null });
});
