import { useState } from 'preact/hooks';
import type { ActionPreview, Machine } from '../../../../../shared/protocol/operation.ts';
import { useResource } from '../../state/resource.ts';
import { mayAct } from '../../state/session.ts';
import { actionName, t } from '../../text/index.ts';
import { NewToken } from '../tokens/token-dialogs.tsx';
import { ActionDialog } from './action-dialog.tsx';

const offered = (preview: ActionPreview) => preview.refusal === null || preview.forcible;

interface ActionsProps {
  name: string;
  /** The machines that share the credential; one of them can be picked. */
  machines: readonly Machine[];
  mark: unknown;
}

/** The actions that the operator can take on this host now. */
export function Actions(props: ActionsProps) {
  return mayAct ? <Offered {...props} /> : null;
}

function Offered({ name, machines, mark }: ActionsProps) {
  const path = `/v1/hosts/${encodeURIComponent(name)}/actions`;
  const { value, reload } = useResource<{ actions: ActionPreview[] }>(path, mark);
  // The chosen action stays until its dialog is closed, even if it has become impossible by being done.
  const [open, setOpen] = useState<ActionPreview | 'token' | null>(null);
  const previews = value?.actions.filter(offered) ?? [];
  const close = () => {
    setOpen(null);
    reload();
  };
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">{t().host.actions}</h2>
      <div class="buttons first">
        <button type="button" onClick={() => setOpen('token')}>
          {t().tokens.make}
        </button>
        {previews.map((preview) => (
          <button key={preview.action} type="button" onClick={() => setOpen(preview)}>
            {actionName(preview.action)}
          </button>
        ))}
      </div>
      {open === 'token' && <NewToken host={name} close={close} />}
      {open !== null && open !== 'token' && (
        <ActionDialog host={name} path={path} preview={open} machines={machines} close={close} />
      )}
    </section>
  );
}
