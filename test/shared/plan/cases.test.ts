import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { initDocuments } from '../../../shared/kubeadm/config.ts';
import { assign } from '../../../shared/plan/assign.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';

const cases = join(import.meta.dirname, '../../cases');

/** The problems and warnings of a case's plan, as `LINE: PATH: CODE`. */
function judge(name: string) {
  const read = (file: string) => readFileSync(join(cases, name, file), 'utf8');
  const { plan, problems, warnings } = parsePlan(read('cluster.yaml'), { readFile: read });
  const shown = (found: typeof problems) => found.map(({ line, path, code }) => `${line}: ${path}: ${code}`);
  return { plan, problems: shown(problems), warnings: shown(warnings) };
}

describe('plans from public reports', () => {
  test.each([
    ['34-plan-docker-mirror-path', ['3: runtime.registryMirrors[0]: mirror-path-docker']],
    ['38-plan-duplicate-taints', ['7: hosts[1].taints[1]: taint-duplicate']],
    [
      '40-plan-cgroupfs-extraarg',
      ['initConfiguration', 'joinConfiguration'].map(
        (section, index) =>
          `${index + 6}: kubernetes.components.${section}.nodeRegistration.kubeletExtraArgs.cgroup-driver: field-set-by-muster`,
      ),
    ],
    ['33-plan-extraargs-bool', ['7: kubernetes.components.kubeletConfiguration.maxPods: field-type']],
    ['42-plan-fullwidth', ['1: : fullwidth-character', '6: : fullwidth-character']],
    ['49-manifest-subnet', ['4: network.plugin.manifest: manifest-other-range']],
    ['48-plan-hostname-fqdn', ['6: hosts[0].name: name-invalid', '7: hosts[1].name: name-invalid']],
  ])('%s is refused', (name, expected) => {
    expect(judge(name).problems).toEqual(expected);
  });

  test.each([
    ['32-plan-v1beta4-map', []],
    ['35-plan-containerd-mirror-path', []],
    ['36-plan-docker0-overlap', ['4: network.podSubnet: subnet-of-bridge']],
    ['37-plan-172-168', ['4: network.podSubnet: subnet-public']],
    ['39-plan-node-cidr-mask', ['7: network.podSubnet: node-range-small']],
    ['43-plan-bom-crlf', []],
    ['46-plan-aliyun-newversion', []],
  ])('%s is valid, with its warnings', (name, warnings) => {
    expect(judge(name)).toMatchObject({ problems: [], warnings });
  });
});

test('a control plane in a plan from a public report gets every argument, in the form and type that kubeadm reads', () => {
  const argumentsOf = (name: string) => {
    const { plan } = judge(name);
    const assignment = plan === null ? null : assign(plan, 'master01');
    return assignment === null ? null : initDocuments(assignment, { token: 'abcdef.0123456789abcdef' })[1];
  };
  expect(argumentsOf('32-plan-v1beta4-map')).toMatchObject({
    apiServer: { extraArgs: [{ name: 'audit-log-path', value: '/var/log/audit.log' }] },
    controllerManager: {
      extraArgs: [
        { name: 'leader-elect-retry-period', value: '1s' },
        { name: 'node-cidr-mask-size', value: '25' },
      ],
    },
  });
});
