import { head } from '../state/live.ts';
import { chooseLanguage, language, type Theme, theme, themes } from '../state/preferences.ts';
import { route } from '../state/route.ts';
import { mayAct } from '../state/session.ts';
import { t } from '../text/index.ts';

const views = [
  ['overview', '/'],
  ['timeline', '/timeline'],
  ['events', '/events'],
  ['plan', '/plan'],
  ['tokens', '/tokens'],
] as const;

export function Header() {
  const current = route.value.view;
  return (
    <header class="bar">
      <a class="brand" href="/">
        <Mark />
        <span>{head.value?.cluster.name ?? 'muster'}</span>
      </a>
      <nav aria-label={t().menu}>
        {views.map(([view, path]) => (
          <a key={view} href={path} aria-current={current === view ? 'page' : undefined}>
            {t().views[view]}
          </a>
        ))}
      </nav>
      <div class="preferences">
        {!mayAct && <span class="pill idle">{t().viewer}</span>}
        <LanguageSwitch />
        <ThemeSwitch />
        <form method="post" action="/logout">
          <button type="submit" class="ghost">
            {t().signOut}
          </button>
        </form>
      </div>
    </header>
  );
}

function LanguageSwitch() {
  const other = language.value === 'en' ? 'zh' : 'en';
  return (
    <button type="button" class="ghost" lang={other === 'zh' ? 'zh-Hans' : 'en'} onClick={() => chooseLanguage(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

function ThemeSwitch() {
  return (
    <select
      aria-label={t().theme.label}
      value={theme.value}
      onChange={(event) => {
        theme.value = event.currentTarget.value as Theme;
      }}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {t().theme[one]}
        </option>
      ))}
    </select>
  );
}

/** The logo: three hosts that become one. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" class="mark">
      <rect width="32" height="32" rx="8" />
      <path d="M14.2 12.2 10.2 18.8M17.8 12.2l4 6.6M12.6 22h6.8" />
      <circle cx="16" cy="9" r="3.5" />
      <circle cx="8.5" cy="22" r="3.5" />
      <circle cx="23.5" cy="22" r="3.5" />
    </svg>
  );
}
