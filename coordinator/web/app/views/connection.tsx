import { useEffect, useState } from 'preact/hooks';
import { connection, head, heardAt } from '../state/live.ts';
import { clockTime, duration, t } from '../text/index.ts';

/** A banner while the coordinator does not answer: since when, and how old the data is. */
export function Connection() {
  const offline = connection.value === 'offline';
  return (
    <div class="connection" role="status">
      {offline && <Offline />}
    </div>
  );
}

function Offline() {
  const since = heardAt.value;
  // The coordinator's clock stops while offline; the browser's keeps running.
  const [beganAt] = useState(Date.now());
  const [, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRound((round) => round + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (since === null) return <p>{t().neverHeard}</p>;
  return (
    <p>
      {t().offline(clockTime(since), duration((Date.now() - beganAt) / 1000))} {t().reconnecting} <Others />
    </p>
  );
}

/** Links to the other coordinators: this page's address may be that of a machine that is gone. */
function Others() {
  const all = head.value?.coordinator.all ?? [];
  const others = all.flatMap(({ host, url }) => (url === undefined || url === location.origin ? [] : [{ host, url }]));
  if (others.length === 0) return null;
  return (
    <span class="others">
      {t().otherCoordinators}
      {others.map(({ host, url }) => (
        <a key={host} href={url + location.pathname}>
          {host}
        </a>
      ))}
    </span>
  );
}
