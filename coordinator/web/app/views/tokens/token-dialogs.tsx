import { useState } from 'preact/hooks';
import type { TokenResponse } from '../../../../../shared/protocol/status.ts';
import { listText } from '../../../../../shared/text/list.ts';
import { Command } from '../../parts/command.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/notice.tsx';
import { useAction } from '../../state/action.ts';
import { api } from '../../state/api.ts';
import { names } from '../../state/live.ts';
import { language } from '../../state/preferences.ts';
import { dateTime, t } from '../../text/index.ts';

/** Creates an install command after showing its effect. `host`: preset, without a choice. */
export function NewToken({ host, close }: { host?: string; close: () => void }) {
  const [chosen, choose] = useState(host ?? '');
  const { value, error, busy, act } = useAction<TokenResponse>();
  const text = t().tokens;
  const make = () =>
    act(() => api('/v1/tokens', { method: 'POST', body: chosen === '' ? { workers: true } : { host: chosen } }));
  return (
    <Dialog title={host === undefined ? text.make : `${text.make} · ${host}`} close={close}>
      {value === null ? (
        <>
          {host === undefined && (
            <select
              aria-label={text.forWhom}
              value={chosen}
              onChange={({ currentTarget }) => choose(currentTarget.value)}
            >
              <option value="">{text.forWorkers}</option>
              {names.value.map((name) => (
                <option key={name} value={name}>
                  {text.forHost(name)}
                </option>
              ))}
            </select>
          )}
          <p>{chosen === '' ? text.makeEffectWorkers : text.makeEffect(chosen)}</p>
          {error !== null && <Failure error={error} />}
          <div class="buttons">
            <button type="button" onClick={close}>
              {t().cancel}
            </button>
            <button type="button" class="primary" disabled={busy} onClick={make}>
              {text.makeIt}
            </button>
          </div>
        </>
      ) : (
        <>
          <p>{text.paste(listText(value.hosts)[language.value])}</p>
          <Command text={value.command} />
          <p class="quiet">{text.until(dateTime(Date.parse(value.expiresAt)))}</p>
          <div class="buttons">
            <button type="button" onClick={close}>
              {t().close}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

export function RevokeToken({ id, close }: { id: string; close: () => void }) {
  const { error, busy, act } = useAction<void>(close);
  const text = t().tokens;
  return (
    <Dialog title={text.revokeTitle} close={close}>
      <p>{text.revokeEffect}</p>
      {error !== null && <Failure error={error} />}
      <div class="buttons">
        <button type="button" onClick={close}>
          {t().cancel}
        </button>
        <button
          type="button"
          class="danger"
          disabled={busy}
          onClick={() => act(() => api(`/v1/tokens/${id}`, { method: 'DELETE' }))}
        >
          {text.revoke}
        </button>
      </div>
    </Dialog>
  );
}
