import type { ClientRequest, RequestOptions } from 'node:http';
import { Agent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * TCP probes of a silent connection: a machine without power sends no RST, and a long poll would wait for its time
 * limit. Noticed after 3 s and 3 probes of 2 s.
 */
const probes = { enable: true, initialDelay: 3000, interval: 2000, count: 3 };

/** Keeps connections open, and probes them while they wait for an answer. */
export class ProbingAgent extends Agent {
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const stream = super.createConnection(options, callback);
    // The kernel takes the settings of a connected socket only.
    stream?.once('connect', () => probe(stream));
    return stream;
  }

  /** The pool of idle connections has other probes. */
  override reuseSocket(stream: Duplex, request: ClientRequest): void {
    super.reuseSocket(stream, request);
    probe(stream);
  }
}

function probe(stream: Duplex): void {
  if (stream instanceof Socket) stream.setKeepAlive(probes);
}
