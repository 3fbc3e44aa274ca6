import { useState } from 'preact/hooks';
import type { Event } from '../../../../shared/protocol/status.ts';
import { Failure, Skeleton } from '../parts/notice.tsx';
import { head, newestEvent } from '../state/live.ts';
import { useResource } from '../state/resource.ts';
import { dateTime, t } from '../text/index.ts';

interface Wanted {
  host: string;
  kind: string;
  text: string;
}

/** The cluster's events, newest first. */
export function EventsView() {
  const { value, error, reload } = useResource<Event[]>('/v1/events', newestEvent.value);
  const [filter, setFilter] = useState<Wanted>({ host: '', kind: '', text: '' });
  const recorder = head.value?.coordinator.all?.find(({ state }) => state === 'active')?.host;
  const events = value ?? [];
  const shown = events.filter((event) => matches(event, filter));
  return (
    <>
      <section class="hero">
        <h1>{t().views.events}</h1>
        {recorder !== undefined && <p class="quiet">{t().events.recordedBy(recorder)}</p>}
      </section>
      <search class="filter events-filter">
        <Choice
          label={t().events.host}
          any={t().events.allHosts}
          value={filter.host}
          options={unique(events.flatMap(({ host }) => host ?? []))}
          choose={(host) => setFilter({ ...filter, host })}
        />
        <Choice
          label={t().events.kind}
          any={t().events.allKinds}
          value={filter.kind}
          options={unique(events.map(({ kind }) => kind))}
          choose={(kind) => setFilter({ ...filter, kind })}
        />
        <input
          type="search"
          aria-label={t().events.text}
          placeholder={t().events.text}
          value={filter.text}
          onInput={({ currentTarget }) => setFilter({ ...filter, text: currentTarget.value })}
        />
        <span class="quiet">{t().events.newest(shown.length)}</span>
      </search>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Skeleton rows={5} />}
      {value !== null && shown.length === 0 && (
        <p class="quiet">{events.length === 0 ? t().events.empty : t().events.noMatch}</p>
      )}
      <EventList events={shown} withHost />
    </>
  );
}

function matches({ host, kind, message }: Event, wanted: Wanted): boolean {
  return (
    (wanted.host === '' || host === wanted.host) &&
    (wanted.kind === '' || kind === wanted.kind) &&
    message.toLowerCase().includes(wanted.text.trim().toLowerCase())
  );
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

interface ChoiceProps {
  label: string;
  any: string;
  value: string;
  options: readonly string[];
  choose: (value: string) => void;
}

function Choice({ label, any, value, options, choose }: ChoiceProps) {
  return (
    <select aria-label={label} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}

/** A list of events, newest first. */
export function EventList({ events, withHost }: { events: readonly Event[]; withHost: boolean }) {
  return (
    <ol class={withHost ? 'events' : 'events brief'}>
      {events.toReversed().map(({ seq, at, host, kind, message }) => (
        <li key={seq}>
          <time class="number quiet" dateTime={at}>
            {dateTime(Date.parse(at))}
          </time>
          {withHost && <span class="about">{host !== null && <a href={`/hosts/${host}`}>{host}</a>}</span>}
          <span>
            <bdi>{message}</bdi> <span class="kind quiet">{kind}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
