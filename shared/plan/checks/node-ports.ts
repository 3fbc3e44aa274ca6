import type { PartialPlan } from '../written.ts';
import { staticPodArguments } from './components/arguments.ts';
import { argumentsAt } from './components/decided.ts';

/** A range of ports, both inclusive. */
interface PortRange {
  from: number;
  to: number;
}

export const nodePortsArgument = 'service-node-port-range';

/** Reads a range as kube-apiserver does: 30000-32767, 30000+2767 or 30000; null: it is none. */
export function readPortRange(written: string): PortRange | null {
  const [, first, last, more] = /^(\d+)(?:-(\d+)|\+(\d+))?$/.exec(written) ?? [];
  const from = Number(first);
  const to = last === undefined ? from + Number(more ?? 0) : Number(last);
  return first === undefined || from > to || to > 65_535 ? null : { from, to };
}

/** Whether the plan names the range of NodePort Services, which kube-proxy redirects; and the range in force. */
export function nodePorts({ kubernetes }: PartialPlan): { isWritten: boolean; range: PortRange | null } {
  const written = argumentsAt(kubernetes?.components, staticPodArguments('apiServer')).find(
    ({ name }) => name === nodePortsArgument,
  );
  return { isWritten: written !== undefined, range: readPortRange(String(written?.value ?? '30000-32767')) };
}
