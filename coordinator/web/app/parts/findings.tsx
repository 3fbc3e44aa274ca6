import type { Finding, Level } from '../../../../shared/protocol/finding.ts';
import type { Tone } from '../../words.ts';
import { t } from '../text/index.ts';
import { Command } from './command.tsx';
import { Pill } from './pill.tsx';

const tones: Record<Level, Tone> = { ok: 'good', unknown: 'idle', warning: 'warn', error: 'bad' };

/** What preflight found: what was seen, what is needed, and the command that mends it. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li key={finding.id}>
          <FindingItem finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function FindingItem({ finding: { level, title, seen, needed, remedy, mends } }: { finding: Finding }) {
  const open = level !== 'ok';
  return (
    <>
      <p>
        <Pill tone={tones[level]} text={t().levels[level]} /> <strong>{title}</strong>
      </p>
      <p class="quiet">
        {seen}
        {open && needed !== '' && `; ${t().host.needed(needed)}`}
      </p>
      {open && (mends ? <p class="quiet">{t().host.mends}</p> : <Command text={remedy} />)}
    </>
  );
}
