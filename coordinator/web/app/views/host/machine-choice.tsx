import type { Machine } from '../../../../../shared/protocol/operation.ts';
import { dateTime, t } from '../../text/index.ts';

interface MachineChoiceProps {
  host: string;
  machines: readonly Machine[];
  /** Boot id of the chosen machine; empty: none. */
  chosen: string;
  choose: (bootId: string) => void;
}

/**
 * Chooses which of the machines that share the credential is the host. None is preselected: a wrong choice locks the
 * right machine out.
 */
export function MachineChoice({ host, machines, chosen, choose }: MachineChoiceProps) {
  const text = t().machines;
  return (
    <fieldset class="machines">
      <legend>{text.which(host)}</legend>
      {machines.map(({ bootId, machineId, address, firstSeenAt }) => (
        <label key={bootId}>
          <input type="radio" name="machine" checked={chosen === bootId} onChange={() => choose(bootId)} />
          <span>
            <span class="number">{address}</span>
            <span class="quiet">
              {text.boot} <code>{bootId.slice(0, 8)}</code>
              {machineId !== null && (
                <>
                  , {text.machine} <code>{machineId.slice(0, 8)}</code>
                </>
              )}
              , {text.since(dateTime(Date.parse(firstSeenAt)))}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
