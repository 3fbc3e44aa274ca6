import { partTitles } from '../../../../../shared/actions/parts.ts';
import type { Operation } from '../../../../../shared/protocol/operation.ts';
import { language } from '../../state/preferences.ts';
import { actionName, t } from '../../text/index.ts';

/** Progress of the operation on this host, part by part. */
export function OperationProgress({ operation }: { operation: Operation | undefined }) {
  if (operation === undefined) return null;
  return (
    <section class="card" aria-labelledby="operation">
      <h2 id="operation">
        {actionName(operation.kind)} <span class="quiet">{operation.by}</span>
      </h2>
      <ol class="steps">
        {operation.parts.map(({ id, state, message }) => (
          <li key={id} class={state === 'working' ? 'applying' : state}>
            <div class="line">
              <span>{partTitles[id][language.value]}</span>
              <span class="quiet">{t().partStates[state]}</span>
            </div>
            {message[language.value] !== '' && <p class="quiet">{message[language.value]}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
