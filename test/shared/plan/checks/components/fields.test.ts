import { describe, expect, test } from 'vitest';
import { parsePlan } from '../../../../../shared/plan/parse.ts';
import { planText } from '../../plan-text.ts';

/** The problems and warnings of component settings, as `PATH: CODE` below kubernetes.components. */
function judge(components: unknown, version = '1.30.2') {
  const text = planText({ kubernetes: { version, packages: 'aliyun', components } });
  const { problems, warnings } = parsePlan(text, { readFile: () => '' });
  const prefix = 'kubernetes.components.';
  return [...problems, ...warnings].map(({ path, code, message }) => ({
    at: `${path.replace(prefix, '')}: ${code}`,
    en: message.en,
  }));
}
const at = (...args: Parameters<typeof judge>) => judge(...args).map((found) => found.at);

const kubelet = (settings: unknown) => ({ kubeletConfiguration: settings });
const cluster = (settings: unknown) => ({ clusterConfiguration: settings });

describe('fields', () => {
  test('an unknown field is refused with the one that was meant', () => {
    expect(judge(kubelet({ maxPodz: 200 }))).toEqual([
      { at: 'kubeletConfiguration.maxPodz: field-unknown', en: expect.stringContaining('did you mean maxPods?') },
    ]);
    expect(at(kubelet({ MaxPods: 200 }))).toEqual(['kubeletConfiguration.MaxPods: field-unknown']);
    expect(at(cluster({ apiserver: {} }))).toEqual(['clusterConfiguration.apiserver: field-unknown']);
    expect(at({ kubeProxyConfiguration: { ipvs: { stictARP: true } } })).toEqual([
      'kubeProxyConfiguration.ipvs.stictARP: field-unknown',
    ]);
  });

  test.each([
    ['1.25.0', kubelet({ maxParallelImagePulls: 5 }), 'kubeletConfiguration.maxParallelImagePulls: field-too-new'],
    ['1.27.0', kubelet({ maxParallelImagePulls: 5 }), null],
    ['1.30.2', cluster({ proxy: { disabled: true } }), 'clusterConfiguration.proxy: field-too-new'],
    ['1.31.0', cluster({ proxy: { disabled: true } }), null],
    [
      '1.31.0',
      cluster({ apiServer: { timeoutForControlPlane: '5m0s' } }),
      'clusterConfiguration.apiServer.timeoutForControlPlane: field-moved',
    ],
    ['1.30.2', cluster({ apiServer: { timeoutForControlPlane: '5m0s' } }), null],
    [
      '1.21.0',
      { initConfiguration: { skipPhases: ['addon/kube-proxy'] } },
      'initConfiguration.skipPhases: field-too-new',
    ],
    ['1.22.0', cluster({ useHyperKubeImage: true }), 'clusterConfiguration.useHyperKubeImage: field-removed'],
    ['1.21.0', cluster({ dns: { type: 'CoreDNS' } }), null],
  ])('with %s, %j', (version, components, problem) => {
    expect(at(components, version)).toEqual(problem === null ? [] : [problem]);
  });

  test('one that is not listed yet for a later version is a warning, a typo a problem', () => {
    expect(at(kubelet({ quuxFrobnication: 1, maxPodz: 1 }), '1.40.0').sort()).toEqual([
      'kubeletConfiguration.maxPodz: field-unknown',
      'kubeletConfiguration.quuxFrobnication: field-unlisted',
    ]);
  });
});

describe('types', () => {
  test.each([
    [kubelet({ maxPods: '150' }), 'maxPods'],
    [kubelet({ maxPods: 1.5 }), 'maxPods'],
    [kubelet({ serializeImagePulls: 'false' }), 'serializeImagePulls'],
    [kubelet({ systemReserved: { cpu: 1 } }), 'systemReserved.cpu'],
    [kubelet({ evictionHard: ['memory.available<100Mi'] }), 'evictionHard'],
    [kubelet({ evictionHard: { 'memory.available': '100MB' } }), 'evictionHard["memory.available"]'],
    [kubelet({ kubeReserved: { memory: '1GB' } }), 'kubeReserved.memory'],
    [kubelet({ containerLogMaxSize: '100MB' }), 'containerLogMaxSize'],
    [kubelet({ imageMinimumGCAge: 120 }), 'imageMinimumGCAge'],
    [kubelet({ imageMinimumGCAge: '2 minutes' }), 'imageMinimumGCAge'],
    [kubelet({ clusterDNS: '10.96.0.10' }), 'clusterDNS'],
    [kubelet({ topologyManagerPolicy: 'Restricted' }), 'topologyManagerPolicy'],
    [kubelet({ featureGates: { GracefulNodeShutdown: 'true' } }), 'featureGates.GracefulNodeShutdown'],
    [kubelet({ reservedMemory: [{ numaNode: '0' }] }), 'reservedMemory[0].numaNode'],
  ])('%j is refused', (components, field) => {
    expect(at(components)).toEqual([`kubeletConfiguration.${field}: field-type`]);
  });

  test('values that Go’s decoder accepts are accepted', () => {
    const settings = {
      maxPods: 200,
      imageMinimumGCAge: '2m0s',
      evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '10%' },
      reservedMemory: [{ numaNode: 0, limits: { memory: '1Gi' } }],
      logging: { format: 'json', flushFrequency: 5, options: { json: { infoBufferSize: '0' } } },
      authentication: { anonymous: { enabled: false }, webhook: { cacheTTL: '0s' } },
      resolvConf: null,
    };
    expect(at(kubelet(settings))).toEqual([]);
  });
});

describe('command-line arguments', () => {
  const apiServer = (extraArgs: unknown) => cluster({ apiServer: { extraArgs } });

  test.each([
    ['1.23.0', { profiling: false, v: 4 }],
    ['1.34.1', { profiling: false, v: 4 }],
    ['1.34.1', [{ name: 'v', value: '4' }]],
    ['1.23.0', [{ name: 'v', value: '4' }]],
  ])('with %s, %j is converted', (version, extraArgs) => {
    expect(at(apiServer(extraArgs), version)).toEqual([]);
  });

  test.each([
    [['--v=4'], '[0]: argument-pair-invalid'],
    ['--v=4', ': arguments-invalid'],
    [{ '--v': '4' }, '.--v: argument-name-invalid'],
    [{ auditLogPath: '/x' }, '.auditLogPath: argument-name-invalid'],
    [{ 'audit-log-path': '/x', audit_log_path: '/y' }, '.audit_log_path: argument-repeated'],
    [{ v: null }, '.v: string-invalid'],
    [{ v: { a: 1 } }, '.v: string-invalid'],
    [{ version: 1.2 }, '.version: string-invalid'],
    [
      [
        { name: 'v', value: '4' },
        { name: 'v', value: '5' },
      ],
      '[1]: argument-repeated',
    ],
  ])('%j is refused', (extraArgs, problem) => {
    expect(at(apiServer(extraArgs))).toEqual([`clusterConfiguration.apiServer.extraArgs${problem}`]);
  });
});
