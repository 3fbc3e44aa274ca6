import { expect, it } from 'vitest';
import { openJournal } from '../../../agent/loop/journal.ts';
import { fixFindings } from '../../../agent/preflight/fix.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { preflight } from '../../../shared/preflight/preflight.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { Finding } from '../../../shared/protocol/finding.ts';
import { fakeHost } from '../fake-host.ts';
import { sampleAssignment, sampleFacts } from '../samples.ts';

const swaps = 'Filename Type Size Used Priority\n';
const withSwap = {
  '/proc/swaps': `${swaps}/dev/sda2 partition 1 0 -2\n`,
  '/etc/fstab': '/dev/sda2 none swap sw 0 0\n',
};

async function fixOn(options: { active?: boolean; facts?: Partial<Facts>; swapoff?: number }) {
  const { active = false, swapoff = 0 } = options;
  const host = fakeHost({ files: withSwap });
  host.programs.systemctl = ([verb]) =>
    verb === 'show' ? `Id=muster-agent.service\nActiveState=${active ? 'active' : 'inactive'}\nFragmentPath=\n` : '';
  host.programs.swapoff = () => {
    if (swapoff === 0) host.files.set('/proc/swaps', { content: swaps, mode: 0o444 });
    return { exitCode: swapoff, stderr: 'no memory' };
  };
  const swap = { devices: ['/dev/sda2'], fstab: ['/dev/sda2 none swap sw 0 0'] };
  const facts = sampleFacts({ swap, root: true, ...options.facts });
  const assignment = sampleAssignment();
  const journal = await openJournal(host, '/journal', silentLogger());
  const findings: Finding[] = preflight({ facts, assignment, role: 'worker', owns: false });
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const work = { host, journal, findings, assignment, facts, language: 'en' as const, say };
  return { host, said, journal, changed: await fixFindings(work) };
}

it('applies the steps of its fixable findings, with the journal', async () => {
  const { host, journal, changed } = await fixOn({});
  expect(changed).toBe(true);
  expect(host.content('/etc/fstab')).toContain('# muster: /dev/sda2');
  expect(journal.entry('swap')).toMatchObject({ state: 'done', attempts: 1 });
  expect(host.remembered).toContain('swap devices');
  expect(host.calls.some(({ program }) => program.startsWith('apt'))).toBe(false);
});

it('reports a failed step, and records it as failed in the journal', async () => {
  const { journal, said } = await fixOn({ swapoff: 1 });
  expect(journal.entry('swap')).toMatchObject({ state: 'failed' });
  expect(said.some((line) => line.startsWith('swap: failed: '))).toBe(true);
});

it('changes nothing while the agent runs', async () => {
  const { host, changed } = await fixOn({ active: true });
  expect(changed).toBe(false);
  expect(host.written).toEqual([]);
});

it('is refused unless run as root', async () => {
  await expect(fixOn({ facts: { root: false } })).rejects.toMatchObject({ code: 'root-needed' });
});
