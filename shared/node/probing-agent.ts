import type { ClientRequest, RequestOptions } from 'node:http';
import { Agent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * TCP keepalive, in ms: the first probe after 3 s of silence, then one every 2 s. The kernel closes the connection after
 * 3 without an answer, which is 9 s after the last packet.
 */
const probes = { enable: true, initialDelay: 3000, interval: 2000, count: 3 };

/**
 * An HTTPS agent that probes each connection while a request waits on it. A machine that loses power sends no RST:
 * without probes a long poll to it ends only at its own time limit. A lost connection fails the request with ETIMEDOUT.
 */
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

  /** While a connection is idle, the pool sets other probes. */
  override reuseSocket(stream: Duplex, request: ClientRequest): void {
    super.reuseSocket(stream, request);
    probe(stream);
  }
}

function probe(stream: Duplex): void {
  if (stream instanceof Socket) stream.setKeepAlive(probes);
}
