import { useEffect } from 'preact/hooks';
import { connection, head } from '../state/live.ts';
import { route } from '../state/route.ts';
import { t } from '../text/index.ts';
import { Connection } from './connection.tsx';
import { EventsView } from './events.tsx';
import { Header } from './header.tsx';
import { HostView } from './host/host.tsx';
import { Overview } from './overview/overview.tsx';
import { PlanView } from './plan/plan.tsx';
import { TimelineView } from './timeline/timeline.tsx';
import { TokensView } from './tokens/tokens.tsx';

export function App() {
  const name = head.value?.cluster.name ?? 'muster';
  const current = route.value;
  const view = current.view === 'host' ? current.name : current.view === 'nowhere' ? '' : t().views[current.view];
  useEffect(() => {
    document.title = [view, name].filter((part) => part !== '').join(' · ');
  }, [view, name]);

  return (
    <>
      <a class="skip" href="#main">
        {t().skip}
      </a>
      <Header />
      <Connection />
      <main id="main" tabIndex={-1} class={connection.value}>
        <CurrentView />
      </main>
    </>
  );
}

function CurrentView() {
  const current = route.value;
  switch (current.view) {
    case 'overview':
      return <Overview />;
    case 'timeline':
      return <TimelineView />;
    case 'events':
      return <EventsView />;
    case 'plan':
      return <PlanView />;
    case 'tokens':
      return <TokensView />;
    case 'host':
      return <HostView key={current.name} name={current.name} />;
    case 'nowhere':
      return (
        <section>
          <h1>{t().nowhere}</h1>
          <p>
            <a href="/">{t().toOverview}</a>
          </p>
        </section>
      );
  }
}
