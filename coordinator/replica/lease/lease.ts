import { z } from 'zod';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { KubeClient } from '../../../shared/kube/client.ts';
import { leasePath } from '../../../shared/kube/coordinator-objects.ts';
import { elapsed, type Mark, mark } from '../elapsed.ts';

const urlKey = 'muster.internal/url';
const headKey = 'muster.internal/head';
const offerKey = 'muster.internal/offer';
const askerKey = 'muster.internal/asker';

const leaseSchema = z.looseObject({
  metadata: z.looseObject({
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({ holderIdentity: z.string().nullish(), leaseTransitions: z.number().nullish() }).default({}),
});
type LeaseObject = z.infer<typeof leaseSchema>;

/** The Lease as seen just now. */
export interface Seen {
  /** '': nobody. */
  holder: string;
  /** Where the holder's coordinator answers; '': nobody holds it, or unknown. */
  url: string;
  /** The newest sequence number that the holder has written. */
  head: number;
  /** What another coordinator offers to the holder; '': nothing. */
  offer: string;
  /** The control plane whose coordinator asks the holder to hand over; '': none. */
  asker: string;
  /** Milliseconds since it was first seen unchanged, by this machine's clocks. */
  unchanged: number;
}

export interface LeaseOptions {
  client: Pick<KubeClient, 'get' | 'replace'>;
  identity: string;
  /** Where this coordinator answers. */
  url: () => string;
  durationMs: number;
}

export type Lease = ReturnType<typeof createLease>;

/**
 * The Lease of the active coordinator, by client-go's rule: what counts is how long this machine has seen it unchanged,
 * never the times in it. Calls throw MusterError `kube-unreachable` or `kube-refused`.
 */
export function createLease({ client, identity, url, durationMs }: LeaseOptions) {
  let known: { object: LeaseObject; since: Mark } | null = null;

  function keep(value: unknown): LeaseObject {
    const object = leaseSchema.parse(value);
    if (known?.object.metadata.resourceVersion !== object.metadata.resourceVersion) known = { object, since: mark() };
    return object;
  }

  /** false: another one was faster. */
  async function replace(body: LeaseObject): Promise<boolean> {
    try {
      keep(await client.replace(leasePath, body));
      return true;
    } catch (error) {
      if (error instanceof MusterError && error.status === 409) return false;
      throw error;
    }
  }

  async function write(holder: string, head: number): Promise<boolean> {
    if (known === null) return false;
    const { metadata, spec, ...rest } = known.object;
    const time = new Date().toISOString().replace('Z', '000Z');
    const isNew = spec.holderIdentity !== holder;
    const { [askerKey]: asker, ...annotations } = metadata.annotations ?? {};
    // Whoever holds it has seen the question; while nobody does, it says who comes next.
    const next = holder === '' && asker !== undefined ? { [askerKey]: asker } : {};
    return replace({
      ...rest,
      metadata: { ...metadata, annotations: { ...annotations, ...next, [urlKey]: url(), [headKey]: String(head) } },
      spec: {
        ...spec,
        holderIdentity: holder,
        leaseDurationSeconds: Math.ceil(durationMs / 1000),
        renewTime: time,
        ...(isNew ? { acquireTime: time, leaseTransitions: (spec.leaseTransitions ?? 0) + 1 } : {}),
      },
    });
  }

  async function annotate(key: string, value: string): Promise<boolean> {
    if (known === null) return false;
    const { metadata } = known.object;
    return replace({
      ...known.object,
      metadata: { ...metadata, annotations: { ...metadata.annotations, [key]: value } },
    });
  }

  return {
    /** null: there is no Lease. */
    async look(): Promise<Seen | null> {
      const found = await client.get(leasePath);
      if (found === null) return null;
      const { metadata, spec } = keep(found);
      const holder = spec.holderIdentity ?? '';
      return {
        holder,
        url: holder === '' ? '' : (metadata.annotations?.[urlKey] ?? ''),
        head: Number(metadata.annotations?.[headKey] ?? 0),
        offer: metadata.annotations?.[offerKey] ?? '',
        asker: metadata.annotations?.[askerKey] ?? '',
        unchanged: elapsed(known?.since ?? mark()),
      };
    },
    /** Takes or renews the Lease as last seen. false: it has changed since. */
    hold: (head: number): Promise<boolean> => write(identity, head),
    /** Gives it up, so that another takes over at once. */
    release: (head: number): Promise<boolean> => write('', head),
    /** Leaves something for the holder, which alone writes the shared state. false: the Lease has changed since. */
    offer: (text: string): Promise<boolean> => annotate(offerKey, text),
    /** Asks the holder to hand over to the coordinator on this control plane. false: the Lease has changed since. */
    ask: (host: string): Promise<boolean> => annotate(askerKey, host),
  };
}
