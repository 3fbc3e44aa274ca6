import type { Diagnosis as DiagnosisOfHost } from '../../../../../shared/protocol/diagnosis.ts';
import { phaseTone } from '../../../../../shared/status/phases.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import type { LocalText } from '../../../../../shared/text/local-text.ts';
import { Command } from '../../parts/command.tsx';
import { FindingList } from '../../parts/findings.tsx';
import { language } from '../../state/preferences.ts';
import { t } from '../../text/index.ts';

interface DiagnosisProps {
  row: HostRow;
  /** null: not loaded yet. */
  explanation: LocalText | null;
}

/** The host's explanation and the fix command. */
export function Diagnosis({ row, explanation }: DiagnosisProps) {
  const { phase } = row;
  const errors = row.findings.filter(({ level }) => level === 'error');
  const isPartlyBlocked = phase === 'ready' && errors.length > 0;
  if (phaseTone(phase) !== 'bad' && row.diagnosis === null && !isPartlyBlocked) return null;
  return (
    <section class="card trouble" aria-labelledby="diagnosis">
      <h2 id="diagnosis">{row.diagnosis?.title[language.value] ?? t().host.diagnosis}</h2>
      <p class="explanation">{explanation?.[language.value] ?? row.summary[language.value]}</p>
      {row.diagnosis !== null && <Remedy diagnosis={row.diagnosis} />}
      {row.diagnosis === null && (phase === 'blocked' || isPartlyBlocked) && <FindingList findings={errors} />}
      {row.diagnosis !== null && row.diagnosis.evidence.length > 0 && (
        <details>
          <summary>{t().host.evidence}</summary>
          <pre class="evidence">{row.diagnosis.evidence.join('\n')}</pre>
        </details>
      )}
    </section>
  );
}

/** The cause and its fix, for a card. */
export function Cause({ diagnosis }: { diagnosis: DiagnosisOfHost }) {
  return (
    <>
      <p>
        <strong>{diagnosis.title[language.value]}</strong>
      </p>
      <p class="quiet">{diagnosis.remedy[language.value]}</p>
      <Remedy diagnosis={diagnosis} />
    </>
  );
}

function Remedy({ diagnosis: { command, where } }: { diagnosis: DiagnosisOfHost }) {
  if (command === '') return null;
  return (
    <>
      <p class="quiet">{t().host.where[where]}</p>
      <Command text={command} />
    </>
  );
}
