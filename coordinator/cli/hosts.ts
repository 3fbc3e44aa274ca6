import type { HostStatus } from '../../shared/protocol/status.ts';
import { roleTitle } from '../../shared/steps/catalogue.ts';
import { phaseText, phaseTone } from '../web/words.ts';
import { createOperatorClient } from './client.ts';
import type { Io, SocketOptions } from './io.ts';
import { createPaint, type Paint } from './paint.ts';
import { type Cell, table } from './table.ts';
import { clean } from './text.ts';

/** Prints the planned hosts and what is known of their machines. */
export async function hosts(io: Io, options: SocketOptions): Promise<void> {
  const { hosts } = await createOperatorClient(options.socket).status();
  const paint = createPaint(io.stdout, io.env);
  const heading = ['HOST', 'ADDRESS', 'ROLE', 'PHASE', 'KUBELET', 'RUNTIME', 'ARCH', 'SYSTEM'].map(
    (text): Cell => ({ text, paint: paint.faint }),
  );
  const lines = table([heading, ...hosts.map((host) => row(host, paint))]);
  io.stdout.write(`${lines.join('\n')}\n`);
}

function row({ name, address, role, phase, node, facts }: HostStatus, paint: Paint): (string | Cell)[] {
  return [
    clean(name),
    clean(address),
    roleTitle[role].en,
    { text: phaseText(phase), paint: (text) => paint.tone(phaseTone(phase), text) },
    clean(node?.kubeletVersion ?? '-'),
    clean(node?.runtimeVersion ?? '-'),
    clean(facts?.arch ?? '-'),
    clean(facts?.os.prettyName ?? '-'),
  ];
}
