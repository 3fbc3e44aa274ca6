import { describe, expect, it } from 'vitest';
import { timeline } from '../../../../../coordinator/web/app/model/timeline.ts';
import type { StepResult } from '../../../../../shared/protocol/report.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const titled = (id: StepResult['id'], from: number, to: number, attempts = 1) => ({
  id,
  title: id,
  state: 'done' as const,
  startedAt: at(from),
  endedAt: at(to),
  attempts,
  message: '',
  remedy: '',
});
const master = {
  name: 'master01',
  phase: 'ready' as const,
  readyAt: at(70),
  // Checked again an hour later, as after a restart of the agent.
  steps: [titled('host-name', 3600, 3600, 0), titled('kubeadm-init', 10, 50), titled('node-ready', 3600, 3600, 0)],
};
const worker = {
  name: 'node01',
  phase: 'ready' as const,
  readyAt: at(80),
  steps: [titled('packages', 0, 20), titled('kubeadm-join', 52, 60), titled('node-ready', 3600, 3600, 0)],
};

describe('timeline', () => {
  it('lasts from the first step until the last node is Ready, whatever was checked again later', () => {
    const shown = timeline([master, worker], Date.parse(at(4000)));
    expect(shown).toMatchObject({ from: Date.parse(at(0)), to: Date.parse(at(80)), over: true });
    expect(shown?.lanes[0]?.bars.map(({ id, from, to }) => [id, to - from])).toEqual([
      ['kubeadm-init', 40_000],
      ['node-ready', 20_000],
    ]);
  });

  it('shows what a host waited for before it joined', () => {
    const shown = timeline([master, worker], Date.parse(at(4000)));
    expect(shown?.links).toEqual([{ fromLane: 0, toLane: 1, at: Date.parse(at(50)), begins: Date.parse(at(52)) }]);
    expect(shown?.lanes[1]?.waits).toEqual([
      { from: Date.parse(at(20)), to: Date.parse(at(52)), on: { host: 'master01', step: 'kubeadm-init' } },
    ]);
  });

  it('is not over while a node is not Ready', () => {
    const shown = timeline([{ ...worker, phase: 'joining', readyAt: null }], Date.parse(at(65)));
    expect(shown).toMatchObject({ to: Date.parse(at(60)), over: false });
  });
});
