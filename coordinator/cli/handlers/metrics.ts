import { withoutControls } from '../../../shared/protocol/text.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { speak } from '../terminal/language.ts';
import { clean } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';

/** Prints the metrics in Prometheus' text format. */
export async function showMetrics(io: Io, { socket }: SocketOptions): Promise<void> {
  io.stdout.write(withoutControls(await createOperatorClient(socket, io.language).metrics()));
}

/** Creates the scrape token: only the token on stdout. */
export async function createMetricsToken(io: Io, { socket }: SocketOptions): Promise<void> {
  const { token, url } = await createOperatorClient(socket, io.language).createMetricsToken();
  io.stderr.write(`${speak(io.language)(words.metricsAt(clean(url)))}\n\n`);
  io.stdout.write(`${clean(token)}\n`);
}
