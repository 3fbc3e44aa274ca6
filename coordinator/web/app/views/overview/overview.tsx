import { selects } from '../../../../../shared/status/host.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { clusterSentence, readyCount, readyNodes } from '../../../../../shared/status/sentence.ts';
import { groupedListing, type Item, plainListing } from '../../model/listing.ts';
import { meter } from '../../model/meter.ts';
import { Skeleton } from '../../parts/notice.tsx';
import { now } from '../../state/clock.ts';
import { connection, head, isComplete, names } from '../../state/live.ts';
import { hostsNow, typical } from '../../state/picture.ts';
import { language } from '../../state/preferences.ts';
import { folded, selection } from '../../state/selection.ts';
import { t } from '../../text/index.ts';
import { Attention } from './attention.tsx';
import {
  ClusterFacts,
  CoordinatorNotices,
  FirstSteps,
  PlanProblems,
  SettingNotes,
  UnplannedNodes,
} from './cluster-notices.tsx';
import { Filter } from './filter.tsx';
import { HostTable } from './host-table.tsx';

/** The cluster's summary, what needs the operator, and a row per host. */
export function Overview() {
  if (head.value === null) return <Waiting />;
  const hosts = hostsNow.value;
  return (
    <>
      <section class="hero">
        <h1 class="sentence">
          {isComplete.value
            ? clusterSentence(hosts, now.value, () => typical.value)[language.value]
            : t().loadingHosts(hosts.length, names.value.length)}
        </h1>
        <Meter hosts={hosts} />
      </section>
      <CoordinatorNotices />
      <PlanProblems />
      <SettingNotes />
      {isComplete.value && hosts.every(({ enrolledAt }) => enrolledAt === null) && <FirstSteps />}
      <Attention hosts={hosts} />
      <section aria-labelledby="hosts">
        <div class="heading">
          <h2 id="hosts">{t().hosts}</h2>
          <Filter hosts={hosts} />
        </div>
        <HostTable items={listing(hosts)} />
      </section>
      <UnplannedNodes />
      <ClusterFacts />
    </>
  );
}

function listing(hosts: readonly HostRow[]): Item[] {
  const { phase, search, isGrouped } = selection.value;
  const shown = hosts.filter(selects({ phase: phase ?? undefined, search }));
  return isGrouped ? groupedListing(shown, folded.value) : plainListing(shown);
}

/** Before the first data: the page's layout, and what is being loaded. */
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

/** A bar of the hosts by state, each segment proportional to its share. */
function Meter({ hosts }: { hosts: readonly HostRow[] }) {
  const counted = meter(hosts);
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="meter" role="img" aria-label={readyCount(readyNodes(hosts), total)[language.value]}>
      {counted.map(({ tone, count }) => (
        <span key={tone} class={tone} style={{ flexGrow: String(count) }} />
      ))}
    </div>
  );
}
