import type { Host } from '../../host/host.ts';

export interface RemedyMeans {
  host: Host;
  runtime: 'docker' | 'containerd';
  /** What the failure's clues have found, by name. */
  values: Readonly<Record<string, string>>;
}

/** Changes the host so that the next try may succeed. Throws MusterError where it can't. */
export type Remedy = (means: RemedyMeans) => Promise<void>;
