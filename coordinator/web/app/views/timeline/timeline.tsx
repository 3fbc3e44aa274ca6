import { parts } from '../../../../../shared/steps/definition.ts';
import { type Timeline, timeline } from '../../model/timeline.ts';
import { Skeleton } from '../../parts/notice.tsx';
import { now } from '../../state/clock.ts';
import { head } from '../../state/live.ts';
import { hostsNow } from '../../state/picture.ts';
import { duration, t } from '../../text/index.ts';
import { Chart } from './timeline-chart.tsx';
import { Durations } from './timeline-table.tsx';

/** The bring-up: one lane per host, one bar per step, and the waits between them. */
export function TimelineView() {
  if (head.value === null) return <Skeleton rows={4} />;
  const hosts = hostsNow.value;
  const shown = timeline(hosts, now.value);
  return (
    <>
      <section class="hero">
        <h1>{t().timeline.title}</h1>
        <p class="quiet">{shown === null ? t().timeline.empty : took(shown)}</p>
      </section>
      {shown !== null && (
        <>
          <section class="chart-section">
            <Legend />
            <Chart timeline={shown} />
          </section>
          <Durations rows={hosts} />
        </>
      )}
    </>
  );
}

function took({ lanes, from, to, over }: Timeline): string {
  const time = duration((to - from) / 1000);
  const hosts = t().hostCount(lanes.length);
  return over ? t().timeline.took(hosts, time) : t().timeline.running(hosts, time);
}

function Legend() {
  return (
    <ul class="legend">
      {parts.map((part) => (
        <li key={part}>
          <i class={part} /> {t().groups[part]}
        </li>
      ))}
      <li>
        <i class="wait" /> {t().timeline.waits}
      </li>
    </ul>
  );
}
