import { useState } from 'preact/hooks';
import type { TokenList } from '../../../../../shared/protocol/page.ts';
import { Failure, Skeleton } from '../../parts/notice.tsx';
import { now } from '../../state/clock.ts';
import { newestEvent } from '../../state/live.ts';
import { useResource } from '../../state/resource.ts';
import { mayAct } from '../../state/session.ts';
import { dateTime, t } from '../../text/index.ts';
import { NewToken, RevokeToken } from './token-dialogs.tsx';

type Token = TokenList['tokens'][number];
type Open = { kind: 'new' } | { kind: 'revoke'; id: string } | null;

/** The enrolment tokens: their hosts, expiry and uses. */
export function TokensView() {
  const { value, error, reload } = useResource<TokenList>('/v1/tokens', newestEvent.value);
  const [open, setOpen] = useState<Open>(null);
  const text = t().tokens;
  const close = () => {
    setOpen(null);
    reload();
  };
  return (
    <>
      <section class="hero">
        <h1>{text.title}</h1>
        <p class="quiet narrow">{text.about}</p>
        {mayAct && (
          <div class="buttons">
            <button type="button" class="primary" onClick={() => setOpen({ kind: 'new' })}>
              {text.make}
            </button>
          </div>
        )}
      </section>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Skeleton rows={2} />}
      {value !== null && (
        <section>
          {value.tokens.length === 0 ? (
            <p class="quiet">{text.empty}</p>
          ) : (
            <Table tokens={value.tokens} revoke={(id) => setOpen({ kind: 'revoke', id })} />
          )}
        </section>
      )}
      {open?.kind === 'new' && <NewToken close={close} />}
      {open?.kind === 'revoke' && <RevokeToken id={open.id} close={close} />}
    </>
  );
}

function Table({ tokens, revoke }: { tokens: readonly Token[]; revoke: (id: string) => void }) {
  const text = t().tokens;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{text.forWhom}</th>
            <th scope="col">{text.made}</th>
            <th scope="col">{text.expires}</th>
            <th scope="col">{text.used}</th>
            {mayAct && (
              <th scope="col">
                <span class="spoken">{text.revoke}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ id, host, createdAt, expiresAt, uses }) => (
            <tr key={id}>
              <td>{host === null ? text.allWorkers : <a href={`/hosts/${host}`}>{host}</a>}</td>
              <td class="number">{dateTime(Date.parse(createdAt))}</td>
              <td class="number">
                {Date.parse(expiresAt) < now.value ? text.expired : dateTime(Date.parse(expiresAt))}
              </td>
              <td>{uses.length === 0 ? <span class="quiet">{text.unused}</span> : usedBy(uses)}</td>
              {mayAct && (
                <td>
                  <button type="button" class="ghost" onClick={() => revoke(id)}>
                    {text.revoke}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "3: node01, node02, node03"; only the first few if there are many. */
function usedBy(uses: Token['uses']): string {
  const named = uses.slice(0, 8).map(({ host }) => host);
  return `${uses.length}: ${named.join(', ')}${uses.length > named.length ? ' …' : ''}`;
}
