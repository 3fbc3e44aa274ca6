import type { Host } from '../../host/host.ts';

export interface RemedyMeans {
  host: Host;
  runtime: 'docker' | 'containerd';
  /** Values extracted by the failure's clues, by name. */
  values: Readonly<Record<string, string>>;
}

/** Changes the host so that the next attempt can succeed. Throws MusterError if it cannot. */
export type Remedy = (means: RemedyMeans) => Promise<void>;
