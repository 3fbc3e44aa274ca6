import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signPlan } from '../../../coordinator/cli/handlers/plan-sign.ts';
import type { Io } from '../../../coordinator/cli/terminal/io.ts';
import {
  addresses,
  allDone,
  cluster,
  enrolled,
  facts,
  node,
  planText,
  start,
  type TestCoordinator,
} from '../support.ts';

const podSubnet = '10.244.0.0/16';
const text = (version: string, subnet: string, port = 6443) =>
  planText()
    .replace('version: 1.23.0', `version: ${version}\n  controlPlaneEndpoint: api.example.com:${port}`)
    .replace('network:\n', `network:\n  podSubnet: ${subnet}\n`);

describe('a plan whose changes a running cluster cannot take', () => {
  let coordinator: TestCoordinator;
  let master: Awaited<ReturnType<typeof enrolled>>;

  beforeAll(async () => {
    coordinator = await start({ planText: text('1.23.0', podSubnet) });
    master = await enrolled(coordinator, 'master01');
    await master.report({
      facts: facts({ createdCluster: 'held' }),
      steps: allDone('init'),
      node: node('master01'),
      cluster: cluster(coordinator.caPem, { nodes: [{ name: 'master01', ready: true, version: 'v1.23.0' }] }),
    });
    writeFileSync(coordinator.plan, text('1.23.5', '10.1.0.0/16', 7643));
  });
  afterAll(() => coordinator.stop());
  const status = async () => (await coordinator.operator('/v1/status')).body;

  it('changes no host', async () => {
    await expect.poll(async () => (await status()).settingNotes?.length, { timeout: 10_000 }).toBe(3);
    const { assignment } = (await master.target()).body;
    expect(assignment.settings.network.podSubnet).toBe(podSubnet);
    expect(assignment.settings.kubernetes.version).toBe('1.23.0');
    expect(assignment.settings.hosts[0].address).toBe(addresses.master01);
  });

  it('is shown with what runs and what is planned, and a Ready node stays Ready', async () => {
    const { settingNotes, cluster: shown, hosts } = await status();
    expect(settingNotes.map(({ field }: { field: string }) => field)).toEqual([
      'settings.kubernetes.version',
      'settings.endpoint',
      'settings.network.podSubnet',
    ]);
    expect(settingNotes.at(-1)).toMatchObject({ planned: { en: '10.1.0.0/16' }, actual: { en: podSubnet } });
    expect(shown.kubernetesVersion).toBe('1.23.0');
    expect(hosts[0].phase).toBe('ready');
    const { body } = await coordinator.operator('/v1/plan/differences');
    expect(body.differences.filter(({ host }: { host: string | null }) => host === null)).toHaveLength(3);
    expect((await coordinator.operator('/v1/plan/running')).body.settings.network.podSubnet).toBe(podSubnet);
  });

  it('names the endpoint of the running cluster in the causes of failures', async () => {
    const since = new Date().toISOString();
    const told = { step: null, since, evidence: [], values: {}, triesLeft: null };
    await master.report({ diagnosis: { id: 'ca-pin-mismatch', ...told } });
    expect((await status()).hosts[0].diagnosis.command).toContain('https://api.example.com:6443/');
    await master.report({ diagnosis: null });
  });

  it('is signed with a note of each value that hosts with the key would get nevertheless', async () => {
    const written: string[] = [];
    const io = { stderr: { write: (text: string) => written.push(text) }, language: 'en', env: {} } as unknown as Io;
    const key = join(coordinator.folder, 'plan.key');
    await signPlan(io, coordinator.plan, { key, createKey: true, socket: coordinator.socket });
    for (const field of ['kubernetes.version', 'network.podSubnet'])
      expect(written.some((line) => line.includes(field))).toBe(true);
  });

  it('is an event, and so is its end', async () => {
    const kinds = async () => {
      const { body } = await coordinator.operator('/v1/events');
      return body.map(({ kind }: { kind: string }) => kind).filter((kind: string) => kind.startsWith('setting-'));
    };
    expect(await kinds()).toEqual(Array(3).fill('setting-not-applied'));
    writeFileSync(coordinator.plan, text('1.23.0', podSubnet));
    await expect.poll(kinds, { timeout: 10_000 }).toContain('setting-agrees');
  });

  it('is taken for the next cluster once this one is lost', async () => {
    writeFileSync(coordinator.plan, text('1.23.0', '10.1.0.0/16'));
    await master.report({ facts: facts({ createdCluster: 'lost' }) });
    const subnet = async () => (await master.target()).body.assignment.settings.network.podSubnet;
    await expect.poll(subnet, { timeout: 10_000 }).toBe('10.1.0.0/16');
  });
});
