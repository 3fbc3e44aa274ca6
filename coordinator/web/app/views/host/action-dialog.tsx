import { useState } from 'preact/hooks';
import type { ActionPreview, ActionResponse, Machine } from '../../../../../shared/protocol/operation.ts';
import { Command } from '../../parts/command.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/notice.tsx';
import { useAction } from '../../state/action.ts';
import { api } from '../../state/api.ts';
import { language } from '../../state/preferences.ts';
import { actionName, t } from '../../text/index.ts';
import { MachineChoice } from './machine-choice.tsx';

interface ActionDialogProps {
  host: string;
  /** API path of the action. */
  path: string;
  preview: ActionPreview;
  /** The machines that share the credential. */
  machines: readonly Machine[];
  close: () => void;
}

/** Shows the action's effects before confirmation, then its result. */
export function ActionDialog({ host, path, preview, machines, close }: ActionDialogProps) {
  const { action, effects, dangerous, refusal } = preview;
  const [reason, setReason] = useState('');
  const [machine, setMachine] = useState('');
  const { value, error, busy, act } = useAction<ActionResponse>();
  const name = actionName(action);
  const body = {
    action,
    ...(reason === '' ? {} : { reason }),
    ...(machine === '' ? {} : { machine }),
    ...(refusal === null ? {} : { force: true }),
  };
  const title = `${name} · ${host}`;

  if (value !== null) {
    return (
      <Dialog title={title} close={close}>
        <p>{value.message[language.value]}</p>
        <Command text={value.command ?? ''} />
        <div class="buttons">
          <button type="button" onClick={close}>
            {t().close}
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={title} close={close}>
      {refusal !== null && <p class="notice bad">{refusal.message[language.value]}</p>}
      <ul>
        {effects.map((effect) => (
          <li key={effect.en}>{effect[language.value]}</li>
        ))}
      </ul>
      {action === 'pause' && (
        <label class="field">
          {t().reason}
          <input value={reason} maxLength={200} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
        </label>
      )}
      {action === 'pick' && <MachineChoice host={host} machines={machines} chosen={machine} choose={setMachine} />}
      {error !== null && <Failure error={error} />}
      <div class="buttons">
        <button type="button" onClick={close}>
          {t().cancel}
        </button>
        <button
          type="button"
          class={dangerous ? 'danger' : 'primary'}
          disabled={busy || (action === 'pick' && machine === '')}
          onClick={() => act(() => api(path, { method: 'POST', body }))}
        >
          {refusal === null ? name : t().anyway(name)}
        </button>
      </div>
    </Dialog>
  );
}
