import type { Event } from '../../../../../shared/protocol/status.ts';
import { Failure } from '../../parts/notice.tsx';
import { newestEvent } from '../../state/live.ts';
import { useResource } from '../../state/resource.ts';
import { t } from '../../text/index.ts';
import { EventList } from '../events.tsx';

export function History({ name }: { name: string }) {
  const { value, error, reload } = useResource<Event[]>(
    `/v1/events?host=${encodeURIComponent(name)}`,
    newestEvent.value,
  );
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t().host.history}</h2>
      {error !== null && <Failure error={error} retry={reload} />}
      {value !== null &&
        (value.length === 0 ? (
          <p class="quiet">{t().host.noHistory}</p>
        ) : (
          <EventList events={value} withHost={false} />
        ))}
    </section>
  );
}
