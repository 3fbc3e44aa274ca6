import { expect, test } from 'vitest';
import { nodePorts, withoutNodePorts } from '../../../shared/plan/node-ports.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { clusterSettingsSchema } from '../../../shared/plan/schema.ts';
import { sampleAssignment } from '../../agent/samples.ts';
import { planOf, planText } from './plan-text.ts';

const argument = 'service-node-port-range';
const withRange = (range: unknown, more = {}) => ({
  kubernetes: {
    version: '1.31.0',
    components: { clusterConfiguration: { apiServer: { extraArgs: { [argument]: range } } } },
  },
  ...more,
});
const rangeOf = (extraArgs: unknown) => nodePorts({ apiServer: { extraArgs } }).range;

test.each([
  ['31000-31999', { from: 31_000, to: 31_999 }],
  ['31000+999', { from: 31_000, to: 31_999 }],
  [31_000, { from: 31_000, to: 31_000 }],
  ['0-100', { from: 1, to: 100 }],
])('all hosts get the planned range %s', (range, expected) => {
  expect(planOf(withRange(range)).settings.network.nodePorts).toEqual(expected);
});

test('it is kube-apiserver’s own where the plan names none, and of a plan of an earlier release', () => {
  const usual = { from: 30_000, to: 32_767 };
  expect(planOf().settings.network.nodePorts).toEqual(usual);
  const { settings } = sampleAssignment();
  const { nodePorts: _, ...network } = settings.network;
  expect(clusterSettingsSchema.parse({ ...settings, network }).network.nodePorts).toEqual(usual);
});

test.each([
  { from: 0, to: 9 },
  { from: 9, to: 8 },
  { from: 1, to: 65_536 },
  { from: '1-9', to: 9 },
  null,
])('agents refuse %j, which no plan could say', (range) => {
  const { settings } = sampleAssignment();
  const sent = { ...settings, network: { ...settings.network, nodePorts: range } };
  expect(clusterSettingsSchema.safeParse(sent).success).toBe(false);
});

test('is read as the API server gets it, however it is written', () => {
  expect(rangeOf([{ name: argument, value: '31000-31999' }])).toEqual({ from: 31_000, to: 31_999 });
  expect(rangeOf({ service_node_port_range: '31000-31999' })).toEqual({ from: 31_000, to: 31_999 });
  const values = ['31500-31600', '31000-31100'];
  expect(rangeOf(values.map((value) => ({ name: argument, value })))).toEqual({ from: 31_500, to: 31_600 });
  expect(rangeOf({ [argument]: '0' })).toBeNull();
  for (const other of [null, 'x', {}, { apiServer: null }, { apiServer: { extraArgs: 'x' } }])
    expect(nodePorts(other)).toEqual({ isWritten: false, range: { from: 30_000, to: 32_767 } });
});

test('a configuration without it has everything else', () => {
  const apiServer = { extraArgs: { [argument]: '1-2', profiling: 'false' }, certSANs: ['a'] };
  expect(withoutNodePorts({ dns: {}, apiServer })).toEqual({
    ...{ dns: {}, apiServer: { extraArgs: { profiling: 'false' }, certSANs: ['a'] } },
  });
  expect(withoutNodePorts({ apiServer: { extraArgs: [{ name: argument, value: '1-2' }] } })).toEqual({});
  for (const other of [{}, { apiServer: {} }, undefined]) expect(withoutNodePorts(other)).toEqual(other);
});

const wide = 'port-range-wide';
test.each([
  ['30000-32767', {}, []],
  ['31000-31999', {}, []],
  ['29000-32767', {}, []],
  ['20000-22767', {}, []],
  ['20000-40000', {}, [wide]],
  ['20000-22768', {}, [wide]],
  ['1000-1100', {}, [wide]],
  ['1-65535', {}, ['port-range-overlaps', wide]],
  ['20000-40000', { firewall: 'keep' }, []],
  ['20000-40000', { firewall: 'off' }, []],
])('a range %s with %j: %j, because every firewall opens it', (range, more, expected) => {
  const other = { coordinator: { address: '192.168.0.9' } };
  const { problems, warnings } = parsePlan(planText(withRange(range, { ...other, ...more })), { readFile: () => '' });
  expect(problems).toEqual([]);
  expect(warnings.map(({ code }) => code)).toEqual(expected);
});
