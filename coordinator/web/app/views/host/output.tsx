import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LogPage } from '../../../../../shared/protocol/status.ts';
import { lineText } from '../../../../../shared/text/output-line.ts';
import { api } from '../../state/api.ts';
import { connection } from '../../state/live.ts';
import { language } from '../../state/preferences.ts';
import { clockTime, t } from '../../text/index.ts';

/** Maximum number of lines on the page. */
const kept = 500;
const everyMs = 1000;

type Line = LogPage['lines'][number];

/** Live output of the host's steps. Follows the newest line until the reader scrolls up. */
export function Output({ name }: { name: string }) {
  const lines = useLines(name);
  const [following, follow] = useState(true);
  const list = useRef<HTMLDivElement>(null);
  const newest = lines?.at(-1)?.seq;

  useLayoutEffect(() => {
    const element = list.current;
    if (following && element !== null && newest !== undefined) element.scrollTop = element.scrollHeight;
  }, [newest, following]);

  return (
    <section>
      <div class="heading">
        <h2 id="output">{t().host.output}</h2>
        {!following && (
          <button type="button" class="ghost" onClick={() => follow(true)}>
            {t().host.follow}
          </button>
        )}
      </div>
      <div
        ref={list}
        class="output"
        role="region"
        aria-labelledby="output"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          follow(scrollHeight - scrollTop - clientHeight < 40)
        }
      >
        {lines !== null && lines.length === 0 && <p class="quiet">{t().host.noOutput}</p>}
        <ol>
          {lines?.map((line) => (
            <li key={line.seq}>
              <time dateTime={line.at}>{clockTime(Date.parse(line.at))}</time>
              <span class="step">{line.step}</span>
              <bdi>{lineText(line, language.value)}</bdi>
            </li>
          ))}
        </ol>
      </div>
      <p class="quiet">
        {t().host.allOfIt} <code>sudo muster logs -f {name}</code>
      </p>
    </section>
  );
}

/** The newest lines, requested every second while the view is open; null: not loaded yet. */
function useLines(name: string): readonly Line[] | null {
  const [lines, setLines] = useState<readonly Line[] | null>(null);
  useEffect(() => {
    let current = true;
    let after: number | null = null;
    const path = `/v1/hosts/${encodeURIComponent(name)}/logs`;
    const look = async () => {
      if (document.hidden || connection.peek() === 'offline') return;
      const page: LogPage = await api<LogPage>(after === null ? `${path}?tail=${kept}` : `${path}?after=${after}`);
      if (!current) return;
      after = page.lines.at(-1)?.seq ?? after ?? 0;
      setLines((before) =>
        page.lines.length === 0 ? (before ?? []) : [...(before ?? []), ...page.lines].slice(-kept),
      );
    };
    let timer = 0;
    const round = () => {
      // Errors are shown elsewhere: the stream fails too.
      look()
        .catch(() => {})
        .finally(() => {
          if (current) timer = setTimeout(round, everyMs) as unknown as number;
        });
    };
    round();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [name]);
  return lines;
}
