import { useState } from 'preact/hooks';
import { mayAct } from '../state/session.ts';
import { t } from '../text/index.ts';
import { NewToken } from './token-dialogs.tsx';

/** What an operator can do to this host. */
export function Actions({ name }: { name: string; mark: number }) {
  const [making, make] = useState(false);
  if (!mayAct) return null;
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">{t().host.actions}</h2>
      <div class="buttons first">
        <button type="button" onClick={() => make(true)}>
          {t().tokens.make}
        </button>
      </div>
      {making && <NewToken host={name} close={() => make(false)} />}
    </section>
  );
}
