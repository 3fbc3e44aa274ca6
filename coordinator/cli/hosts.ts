import type { HostStatus } from '../../shared/protocol/status.ts';
import { phaseText, phaseTone } from '../../shared/status/phases.ts';
import { roleTitle } from '../../shared/steps/catalogue.ts';
import type { Language } from '../../shared/text/local-text.ts';
import { createOperatorClient } from './client.ts';
import type { Io, SocketOptions } from './io.ts';
import { createPaint, type Paint } from './paint.ts';
import { type Cell, table } from './table.ts';
import { clean, json } from './text.ts';
import { words } from './words.ts';

export interface HostsOptions extends SocketOptions {
  json?: true;
}

/** Prints the planned hosts and what is known of their machines. */
export async function hosts(io: Io, options: HostsOptions): Promise<void> {
  const { hosts } = await createOperatorClient(options.socket, io.language).status();
  if (options.json) return void io.stdout.write(`${json(hosts)}\n`);
  const paint = createPaint(io.stdout, io.env);
  const { host, address, role, phase, kubelet, runtime, arch, system } = words;
  const heading = [host, address, role, phase, kubelet, runtime, arch, system].map(
    (text): Cell => ({ text: text[io.language], paint: paint.faint }),
  );
  const lines = table([heading, ...hosts.map((host) => row(host, paint, io.language))]);
  io.stdout.write(`${lines.join('\n')}\n`);
}

function row(
  { name, address, role, phase, node, facts }: HostStatus,
  paint: Paint,
  language: Language,
): (string | Cell)[] {
  return [
    clean(name),
    clean(address),
    roleTitle[role][language],
    { text: phaseText(phase, language), paint: (text) => paint.tone(phaseTone(phase), text) },
    clean(node?.kubeletVersion ?? '-'),
    clean(node?.runtimeVersion ?? '-'),
    clean(facts?.arch ?? '-'),
    clean(facts?.os.prettyName ?? '-'),
  ];
}
