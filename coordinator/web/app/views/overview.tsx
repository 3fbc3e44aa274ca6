import { useState } from 'preact/hooks';
import type { Phase } from '../../../../shared/protocol/status.ts';
import { phaseTone } from '../../../../shared/status/phases.ts';
import { sentence } from '../model/sentence.ts';
import { Skeleton } from '../parts/notice.tsx';
import { now } from '../state/clock.ts';
import { connection, head } from '../state/live.ts';
import { seen, typical } from '../state/picture.ts';
import { language } from '../state/preferences.ts';
import { duration, t } from '../text/index.ts';
import { Attention } from './attention.tsx';
import { ClusterFacts, CoordinatorNotices, FirstSteps, PlanProblems, UnplannedNodes } from './cluster-notices.tsx';
import { Filter, type Wanted, wanted } from './filter.tsx';
import { HostTable } from './host-table.tsx';

/** The cluster in one sentence, what needs a person, and a row per host. */
export function Overview() {
  const [filter, setFilter] = useState<Wanted>({ text: '', phase: null });
  if (head.value === null) return <Waiting />;
  const hosts = seen.value;
  const shown = hosts.filter((host) => wanted(host, filter));
  return (
    <>
      <section class="hero">
        <h1 class="sentence">
          {sentence(hosts, typical.value, now.value, { texts: t(), language: language.value, duration })}
        </h1>
        <Meter phases={hosts.map(({ phase }) => phase)} />
      </section>
      <CoordinatorNotices />
      <PlanProblems />
      {hosts.every(({ row }) => row.enrolledAt === null) && <FirstSteps />}
      <Attention hosts={hosts} />
      <section aria-labelledby="hosts">
        <div class="heading">
          <h2 id="hosts">{t().hosts}</h2>
          <Filter hosts={hosts} filter={filter} choose={setFilter} />
        </div>
        <HostTable names={shown.map(({ row }) => row.name)} />
      </section>
      <UnplannedNodes />
      <ClusterFacts />
    </>
  );
}

/** Before anything has come: the page's shape, and what is waited for. */
function Waiting() {
  return (
    <>
      <section class="hero">
        <h1 class="sentence quiet">{connection.value === 'offline' ? t().neverHeard : t().loading}</h1>
        <div class="meter" />
      </section>
      <section>
        <div class="heading">
          <h2>{t().hosts}</h2>
        </div>
        <Skeleton rows={3} />
      </section>
    </>
  );
}

/** How much of the cluster is where: as wide as there are hosts. */
function Meter({ phases }: { phases: readonly Phase[] }) {
  const tones = (['good', 'busy', 'bad', 'idle'] as const)
    .map((tone) => ({ tone, count: phases.filter((phase) => phaseTone(phase) === tone).length }))
    .filter(({ count }) => count > 0);
  const ready = phases.filter((phase) => phase === 'ready').length;
  return (
    <div class="meter" role="img" aria-label={t().ready(ready, phases.length)}>
      {tones.map(({ tone, count }) => (
        <span key={tone} class={tone} style={{ flexGrow: String(count) }} />
      ))}
    </div>
  );
}
