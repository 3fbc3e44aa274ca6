import type { TitledFinding } from '../../../../../shared/status/row.ts';
import { FindingList } from '../../parts/findings.tsx';
import { Skeleton } from '../../parts/notice.tsx';
import { t } from '../../text/index.ts';

const order = ['error', 'warning', 'unknown', 'ok'] as const;

/** Preflight findings, worst first; passed checks only on request. */
export function Checks({ findings }: { findings: readonly TitledFinding[] | null }) {
  const sorted = findings?.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level)) ?? [];
  const open = sorted.filter(({ level }) => level !== 'ok');
  const passed = sorted.filter(({ level }) => level === 'ok');
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">
        {t().host.checks} <span class="quiet">{findings !== null && t().host.passed(passed.length)}</span>
      </h2>
      {findings === null && <Skeleton rows={1} />}
      {open.length > 0 && <FindingList findings={open} />}
      {passed.length > 0 && (
        <details>
          <summary>{t().host.showPassed}</summary>
          <FindingList findings={passed} />
        </details>
      )}
    </section>
  );
}
