import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cluster, enrolled, planText, requestsWait, start, step, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
let clock: number;
beforeEach(async () => {
  clock = Date.now();
  coordinator = await start({ now: () => new Date(clock) });
});
afterEach(() => coordinator.stop());

type Agent = Awaited<ReturnType<typeof enrolled>>;
const waitsFor = async (agent: Agent) => (await agent.target()).body.assignment.installsAfter;

describe('the host that installs first', () => {
  it('is the host that creates the cluster, once it has enrolled', async () => {
    const worker = await enrolled(coordinator, 'node01');
    expect(await waitsFor(worker)).toBeNull();
    const master = await enrolled(coordinator, 'master01');
    expect(await waitsFor(worker)).toBe('master01');
    expect(await waitsFor(master)).toBeNull();
  });

  it('releases the waiting hosts once there is a cluster', async () => {
    const master = await enrolled(coordinator, 'master01');
    const worker = await enrolled(coordinator, 'node01');
    await master.report({ steps: [step('images', 'done'), step('kubeadm-init', 'applying')] });
    const first = await worker.target();
    expect(first.body.assignment.installsAfter).toBe('master01');
    const polling = worker.target({ etag: first.headers.etag ?? '', wait: 30 });
    await master.report({ cluster: cluster(coordinator.caPem) });
    expect((await polling).body.assignment.installsAfter).toBeNull();
  });

  it.each([
    ['docker', 20.5],
    ['containerd', 30],
  ])('blocks the others, with %s, for at most %s seconds', async (runtime, seconds) => {
    await coordinator.stop();
    const text = planText().replace('runtime: docker', `runtime: ${runtime}`);
    coordinator = await start({ now: () => new Date(clock), planText: text });
    await enrolled(coordinator, 'master01');
    const worker = await enrolled(coordinator, 'node01');
    clock += seconds * 1000 - 1000;
    const first = await worker.target();
    expect(first.body.assignment.installsAfter).toBe('master01');
    // The poll ends when its real time is up; the test's clock stands still until then.
    const waiting = requestsWait(1);
    const polling = worker.target({ etag: first.headers.etag ?? '', wait: 30 });
    await waiting;
    clock += 1000;
    expect((await polling).body.assignment.installsAfter).toBeNull();
  });
});
