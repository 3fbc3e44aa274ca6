import type { Level } from '../../../../shared/protocol/finding.ts';
import type { Tone } from '../../../../shared/status/phases.ts';
import type { TitledFinding } from '../../../../shared/status/row.ts';
import type { LocalText } from '../../../../shared/text/local-text.ts';
import { language } from '../state/preferences.ts';
import { t } from '../text/index.ts';
import { Command } from './command.tsx';
import { Pill } from './pill.tsx';

const tones: Record<Level, Tone> = { ok: 'good', unknown: 'idle', warning: 'warn', error: 'bad' };

/** Preflight findings: the observed value, the required value and the fix command. */
export function FindingList({ findings }: { findings: readonly TitledFinding[] }) {
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

function FindingItem({
  finding: { title, level, seen, needed, remedy, command, mends, lowered },
}: {
  finding: TitledFinding;
}) {
  const say = (text: LocalText) => text[language.value];
  const open = level !== 'ok';
  return (
    <>
      <p>
        <Pill tone={tones[level]} text={t().levels[level]} /> <strong>{say(title)}</strong>
      </p>
      <p class="quiet">
        {say(seen)}
        {open && say(needed) !== '' && t().host.needed(say(needed))}
      </p>
      {lowered !== null && <p class="quiet">{t().host.lowered(t().levels[lowered.from], lowered.reason)}</p>}
      {open && mends && <p class="quiet">{t().host.mends}</p>}
      {open && !mends && say(remedy) !== '' && <p>{say(remedy)}</p>}
      {open && !mends && <Command text={command} />}
    </>
  );
}
