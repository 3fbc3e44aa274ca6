import { signal } from '@preact/signals';

export type Route =
  | { view: 'overview' | 'timeline' | 'events' | 'plan' | 'tokens' | 'nowhere' }
  | { view: 'host'; name: string };

export const route = signal<Route>(parse(location.pathname));

function parse(path: string): Route {
  const host = /^\/hosts\/([^/]+)$/.exec(path)?.[1];
  if (host !== undefined) return { view: 'host', name: decodeURIComponent(host) };
  switch (path) {
    case '/':
      return { view: 'overview' };
    case '/timeline':
      return { view: 'timeline' };
    case '/events':
      return { view: 'events' };
    case '/plan':
      return { view: 'plan' };
    case '/tokens':
      return { view: 'tokens' };
    default:
      return { view: 'nowhere' };
  }
}

/** Handles links within the page without a reload; the browser handles the rest. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    route.value = parse(location.pathname);
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = (event.target as Element).closest('a');
    if (link === null || link.origin !== location.origin || link.target !== '') return;
    const next = parse(link.pathname);
    if (next.view === 'nowhere' || link.hash !== '') return;
    event.preventDefault();
    go(link.pathname);
  });
}

export function go(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, '', path);
  route.value = parse(path);
  scrollTo(0, 0);
  // Moves a screen reader's focus to the new content.
  requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }));
}
