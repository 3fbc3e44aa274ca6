import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planOf, planText, refuses } from '../plan-text.ts';

const docker = (settings: object) => ({ runtime: { name: 'docker', ...settings } });

refuses([
  [
    'a package in place of the archive',
    docker({ criDockerd: { url: 'https://m.example/cri-dockerd_0.3.21.deb' } }),
    'runtime.criDockerd.url: cri-dockerd-not-archive',
  ],
  [
    'the page of a release',
    docker({ criDockerd: { url: 'https://github.com/Mirantis/cri-dockerd/releases/tag/v0.3.21' } }),
    'runtime.criDockerd.url: cri-dockerd-not-archive',
  ],
  [
    'a release that needs a newer docker than the planned one',
    docker({ version: '20.10.24', criDockerd: { version: '0.3.21' } }),
    'runtime.criDockerd.version: cri-dockerd-too-new',
  ],
]);

test.each([
  { version: '26.1', criDockerd: { version: '0.3.21' } },
  { version: '24.0', criDockerd: { version: '0.3.4' } },
  { version: '20.10', criDockerd: { version: '0.2.6' } },
])('%j fit together', (settings) => {
  expect(planOf(docker(settings)).settings.runtime.criDockerd.version).toBe(settings.criDockerd.version);
});

test('a release may be written as its tag', () => {
  expect(planOf(docker({ criDockerd: { version: 'v0.3.21' } })).settings.runtime.criDockerd.version).toBe('0.3.21');
});

test.each([
  [{ runtime: { name: 'containerd', criDockerd: { version: '0.3.21' } } }],
  [{ ...docker({ criDockerd: { version: '0.3.21' } }), kubernetes: { version: '1.23.0', packages: 'aliyun' } }],
])('%j: without effect, which is a warning', (sections) => {
  const { warnings } = parsePlan(planText(sections), { readFile: () => '' });
  expect(warnings.map(({ path, code }) => `${path}: ${code}`)).toEqual(['runtime.criDockerd: cri-dockerd-unused']);
});
