import type { HostDetails } from '../../../../../shared/protocol/stream.ts';
import { columns } from '../../../../../shared/status/columns.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { roleTitle } from '../../../../../shared/steps/catalogue.ts';
import { rowNow } from '../../model/standing.ts';
import { Age } from '../../parts/age.tsx';
import { Failure, Skeleton } from '../../parts/notice.tsx';
import { PhasePill } from '../../parts/pill.tsx';
import { now } from '../../state/clock.ts';
import { head, rowOf, silentAfterMs } from '../../state/live.ts';
import { language } from '../../state/preferences.ts';
import { useResource } from '../../state/resource.ts';
import { duration, t } from '../../text/index.ts';
import { Actions } from './actions.tsx';
import { Checks } from './checks.tsx';
import { Diagnosis } from './diagnosis.tsx';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { OperationProgress } from './operation.tsx';
import { Output } from './output.tsx';
import { Steps } from './steps.tsx';

export function HostView({ name }: { name: string }) {
  const known = rowOf(name)?.value;
  const row = known && rowNow(known, now.value, silentAfterMs.value);
  const details = useResource<HostDetails>(
    `/v1/hosts/${encodeURIComponent(name)}`,
    `${row?.revision} ${row?.phase} ${row?.summary.en}`,
  );
  if (head.value === null) return <Skeleton rows={4} />;
  if (row === undefined) return <Unknown name={name} />;
  return (
    <>
      <Title row={row} skew={details.value?.clockSkewSeconds ?? null} />
      <Diagnosis row={row} explanation={details.value?.explanation ?? null} />
      {details.error !== null && <Failure error={details.error} retry={details.reload} />}
      <div class="columns">
        <div>
          <Steps row={row} />
          <Output name={name} />
        </div>
        <div>
          <Actions name={name} machines={details.value?.machines ?? []} mark={`${row.revision} ${row.phase}`} />
          <OperationProgress operation={details.value?.operation} />
          <Checks findings={details.value?.findings ?? null} />
          <Facts host={details.value} />
          <History name={name} />
        </div>
      </div>
    </>
  );
}

function Unknown({ name }: { name: string }) {
  return (
    <section class="hero">
      <h1>{t().host.unknown(name)}</h1>
      <p>
        <a href="/">{t().toOverview}</a>
      </p>
    </section>
  );
}

function Title({ row, skew }: { row: HostRow; skew: number | null }) {
  return (
    <section class="hero">
      <p class="quiet">
        {roleTitle[row.role][language.value]} · <span class="number">{row.address}</span>
      </p>
      <h1 class="titled">
        {row.name} <PhasePill phase={row.phase} />
      </h1>
      <p class="quiet">
        {row.lastContactAt === null ? (
          t().host.notSeen
        ) : (
          <>
            {columns.contact.title[language.value]} <Age at={row.lastContactAt} />
          </>
        )}
        {skew !== null && Math.abs(skew) >= 2 && skewText(skew)}
      </p>
    </section>
  );
}

function skewText(seconds: number): string {
  const time = duration(Math.abs(seconds));
  return seconds > 0 ? t().host.clockAhead(time) : t().host.clockBehind(time);
}
